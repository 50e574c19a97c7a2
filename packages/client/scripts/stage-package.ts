import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildPackage } from './build-package.ts'

const packageDir = join(import.meta.dirname, '..')

/** Lays out in `dir` what npm would install: `publishConfig` applied, nothing of the workspace left. */
export async function stagePackage(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  await buildPackage(join(dir, 'dist'))
  const manifest = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'))
  const { publishConfig, devDependencies: _, scripts: __, ...published } = manifest
  await writeFile(join(dir, 'package.json'), JSON.stringify({ ...published, ...publishConfig }, null, 2))
  await cp(join(packageDir, 'README.md'), join(dir, 'README.md'))
}
