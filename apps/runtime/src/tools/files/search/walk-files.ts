import { closeSync, constants, type Dirent, lstatSync, openSync, readdirSync, realpathSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { draftPrefix } from '../../../ground/files/draft-name.ts'
import { holdsFolders } from '../../../ground/files/folder.ts'
import type { GlobPattern, Reached } from './glob-pattern.ts'

/** A file on the way through a folder; what it is called for the system's calls holds until the next one is taken. */
export interface WalkedFile {
  /** From where the walk began. */
  path: string
  at: string
}

const { O_DIRECTORY = 0, O_NOFOLLOW = 0, O_RDONLY } = constants
const deepest = 100

/**
 * All files below a folder that a pattern matches, by name; links are not followed. Each folder is held while it is
 * walked through, and of each only the names are in memory. For a thread of its own: its calls block.
 */
export function* walkFiles(folder: string, pattern: GlobPattern): Generator<WalkedFile> {
  yield* walk(folder, '', pattern, pattern.start, 0)
}

function* walk(
  folder: string,
  path: string,
  pattern: GlobPattern,
  reached: Reached,
  depth: number,
): Generator<WalkedFile> {
  for (const dirent of namesIn(folder)) {
    const { name } = dirent
    if (name.startsWith(draftPrefix)) continue
    const next = pattern.step(reached, name)
    if (next.length === 0) continue
    const at = join(folder, name)
    const kind = kindOf(dirent, at)
    if (kind === 'file' && pattern.isMatch(next)) yield { path: path + name, at }
    if (kind !== 'directory' || depth === deepest || !pattern.goesOn(next)) continue
    const held = hold(at)
    if (!held) continue
    try {
      yield* walk(held.self, `${path}${name}/`, pattern, next, depth + 1)
    } finally {
      held.close()
    }
  }
}

function namesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    // It may not be read, or is gone: what is in it is not there.
    return []
  }
}

function kindOf(dirent: Dirent, at: string): 'file' | 'directory' | 'other' {
  if (dirent.isFile()) return 'file'
  if (dirent.isDirectory()) return 'directory'
  if (dirent.isSymbolicLink() || dirent.isFIFO() || dirent.isSocket()) return 'other'
  const stats = statsOf(at)
  return stats?.isFile() ? 'file' : stats?.isDirectory() ? 'directory' : 'other'
}

export function statsOf(at: string): Stats | undefined {
  return lstatSync(at, { throwIfNoEntry: false })
}

/** Where folders cannot be held, it is asked whether it is where it was. */
function hold(at: string): { self: string; close(): void } | undefined {
  if (!holdsFolders) return isReal(at) ? { self: at, close: () => {} } : undefined
  try {
    const fd = openSync(at, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    return { self: `/proc/self/fd/${fd}`, close: () => closeSync(fd) }
  } catch {
    return undefined
  }
}

function isReal(at: string): boolean {
  try {
    return realpathSync(at) === at
  } catch {
    return false
  }
}
