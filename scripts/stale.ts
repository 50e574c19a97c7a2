import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BuildTarget } from './build-targets.ts'
import { cacheDir, root } from './paths.ts'

/** One hash over the names and contents of everything a target is made from. */
export function fingerprint(target: BuildTarget): string {
  const hash = createHash('sha256').update(process.version)
  const files = globSync(target.inputs, { cwd: root, exclude: target.exclude, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

export function isStale(target: BuildTarget): boolean {
  const stamp = stampFile(target)
  if (!existsSync(join(root, target.output)) || !existsSync(stamp)) return true
  return readFileSync(stamp, 'utf8') !== fingerprint(target)
}

/** Takes the fingerprint from before the build: an edit made while it ran must count as a change. */
export function markBuilt(target: BuildTarget, builtFrom: string): void {
  const stamp = stampFile(target)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, builtFrom)
}

function stampFile(target: BuildTarget): string {
  return join(cacheDir, 'build', target.name)
}
