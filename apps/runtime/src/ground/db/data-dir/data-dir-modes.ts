import { chmodSync, type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const others = 0o007
const group = 0o070
const groupMayWrite = 0o020

/**
 * Keeps what is in a data directory to whoever may enter it and from everybody else, also what earlier versions made for
 * all to read. The directory becomes its owner's alone where nothing but ours is in it; one that its group may read and
 * others may not was made so on purpose, and its group may read the files as well. The umask that is set is for every
 * file to come, those of the processes that this one starts included.
 */
export function keepPrivate(dataDir: string, sqlMemoryRoot: string) {
  // Elsewhere access is not a matter of modes.
  if (process.platform === 'win32') return
  const { mode, uid } = statSync(dataDir)
  const isForGroup = (mode & 0o040) !== 0 && (mode & 0o004) === 0
  const closed = others | (isForGroup ? groupMayWrite : group)
  process.umask(closed)
  const inside = readdirSync(dataDir, { withFileTypes: true })
  const isOurs = inside.every((entry) => isDatabaseFile(entry) || entry.name === 'sqlmem')
  if (isOurs && uid === process.getuid?.()) close(dataDir, closed)
  for (const entry of inside) if (isDatabaseFile(entry)) close(join(dataDir, entry.name), closed)
  for (const file of sqlMemoryFiles(sqlMemoryRoot)) close(file, closed)
}

function isDatabaseFile(entry: Dirent): boolean {
  return entry.isFile() && entry.name.startsWith('loomcycle.')
}

/** Their folders have always been their owner's alone. */
function sqlMemoryFiles(root: string): string[] {
  try {
    return readdirSync(root, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /-[0-9a-f]{24}\.db(-\w+)?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}

function close(path: string, closed: number) {
  try {
    const { mode } = statSync(path)
    if ((mode & closed) !== 0) chmodSync(path, mode & 0o7777 & ~closed)
  } catch {
    // Somebody else's, gone meanwhile, or on a file system without modes.
  }
}
