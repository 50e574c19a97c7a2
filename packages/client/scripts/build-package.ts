import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { rolldown } from 'rolldown'

const packageDir = join(import.meta.dirname, '..')
const tsc = join(packageDir, '../../node_modules/.bin/tsc')

/** Names stay, so that a stack trace from a user's machine can be read; the comments are in the declarations. */
const minify = { mangle: false, compress: true, codegen: true } as const

/** Writes the published form of the package, ESM and CJS with their declarations, to `outDir`. */
export async function buildPackage(outDir: string): Promise<void> {
  await rm(outDir, { recursive: true, force: true })
  await mkdir(join(outDir, 'cjs'), { recursive: true })
  await Promise.all([bundle(outDir), declare(outDir)])
  await writeFile(join(outDir, 'cjs/package.json'), '{"type":"commonjs"}\n')
}

async function bundle(outDir: string): Promise<void> {
  const build = await rolldown({
    cwd: packageDir,
    input: 'src/index.ts',
    platform: 'neutral',
    transform: { target: 'es2022' },
  })
  await build.write({ file: join(outDir, 'index.js'), format: 'esm', minify })
  await build.write({ file: join(outDir, 'cjs/index.js'), format: 'cjs', minify })
  await build.close()
}

async function declare(outDir: string): Promise<void> {
  const emitted = join(outDir, 'emitted')
  await promisify(execFile)(tsc, ['-p', join(packageDir, 'tsconfig.build.json'), '--outDir', emitted])
  const sources = join(emitted, 'client/src')
  for (const name of await reachable(sources, 'index.d.ts')) {
    const text = withJsExtensions(await readFile(join(sources, name), 'utf8'))
    await writeFile(join(outDir, name), text)
    await writeFile(join(outDir, 'cjs', name), text)
  }
  await rm(emitted, { recursive: true })
}

/** The declarations a consumer can come across; what only the code uses stays at home. */
async function reachable(dir: string, entry: string): Promise<Set<string>> {
  const known = new Set(await readdir(dir))
  const found = new Set([entry])
  for (const name of found) {
    const text = await readFile(join(dir, name), 'utf8')
    for (const [, specifier = ''] of text.matchAll(/from '\.\/([\w.-]+)\.ts'/g)) {
      const imported = `${specifier}.d.ts`
      if (!known.has(imported)) throw new Error(`${name} imports ${imported}, which was not emitted`)
      found.add(imported)
    }
  }
  return found
}

function withJsExtensions(declarations: string): string {
  return declarations.replaceAll(/from '(\.\/[\w.-]+)\.ts'/g, "from '$1.js'")
}
