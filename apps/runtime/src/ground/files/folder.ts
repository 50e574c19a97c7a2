import { constants, existsSync, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { FileRefusal } from './refusal.ts'

/**
 * A folder that is held, so that names in it are looked up in the folder that was found, whatever somebody puts in its
 * place meanwhile.
 */
export interface Folder {
  readonly stats: Stats
  /** For the system's calls: the folder itself. */
  readonly self: string
  /** For the system's calls: a name in it, which is one segment. */
  at(name: string): string
  /** What has the name, held; links are not followed. */
  look(name: string): Promise<Entry>
  /** Where a folder cannot be held, throws unless it is still where it was. */
  confirm(): Promise<void>
  close(): Promise<void>
}

export type Entry =
  | { kind: 'directory'; folder: Folder }
  | { kind: 'file'; file: HeldFile }
  | { kind: 'link'; target: string; stats: Stats }
  /** A device, a pipe or a socket: never opened. */
  | { kind: 'other'; stats: Stats }
  | { kind: 'missing' }

/** A file that was found; opening it opens this one and no other. */
export interface HeldFile {
  readonly stats: Stats
  /** For the system's calls: the file itself. */
  readonly self: string
  open(flags: number): Promise<FileHandle>
  close(): Promise<void>
}

const { O_DIRECTORY = 0, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
/** Linux: a handle to what a name stands for, that opens nothing. */
const O_PATH = 0o10000000

/** Whether names can be looked up below a handle. */
export const holdsFolders = process.platform === 'linux' && existsSync('/proc/self/fd')

/** A folder by its path on the machine, as an operator or the runtime itself names it. */
export async function openFolder(path: string, held = holdsFolders): Promise<Folder> {
  if (!held) {
    const real = await realpath(path)
    const stats = await lstat(real)
    if (!stats.isDirectory()) throw notDirectory()
    return new NamedFolder(real, stats)
  }
  const handle = await open(path, O_PATH | O_DIRECTORY)
  return new HeldFolder(handle, await handle.stat())
}

/** The system looks names up below the handle: there is no moment at which a path is looked up twice. */
class HeldFolder implements Folder {
  readonly stats: Stats
  readonly self: string
  readonly #handle: FileHandle

  constructor(handle: FileHandle, stats: Stats) {
    this.#handle = handle
    this.stats = stats
    this.self = `/proc/self/fd/${handle.fd}`
  }

  at(name: string): string {
    return `${this.self}/${name}`
  }

  async look(name: string): Promise<Entry> {
    for (let looks = 0; ; looks++) {
      const handle = await open(this.at(name), O_PATH | O_NOFOLLOW).catch(orMissing)
      if (!handle) return { kind: 'missing' }
      let isKept = false
      try {
        const stats = await handle.stat()
        isKept = stats.isDirectory() || stats.isFile()
        if (stats.isDirectory()) return { kind: 'directory', folder: new HeldFolder(handle, stats) }
        if (stats.isFile()) return { kind: 'file', file: heldFile(handle, stats) }
        if (!stats.isSymbolicLink()) return { kind: 'other', stats }
        const target = await readlink(this.at(name)).catch(() => undefined)
        if (target !== undefined) return { kind: 'link', target, stats }
        // Something else has taken its place.
        if (looks === 10) throw changed()
      } finally {
        if (!isKept) await handle.close()
      }
    }
  }

  async confirm() {}

  close(): Promise<void> {
    return this.#handle.close()
  }
}

function heldFile(handle: FileHandle, stats: Stats): HeldFile {
  const self = `/proc/self/fd/${handle.fd}`
  return { stats, self, open: (flags) => open(self, flags), close: () => handle.close() }
}

/**
 * Where the system does not look names up below handles (macOS, Windows): paths are walked segment by segment without
 * following links, and after every opening it is asked whether what was opened is what is still there. Somebody who is
 * quick enough at changing folders on the same machine can have a file made or removed in another place.
 */
class NamedFolder implements Folder {
  readonly self: string
  readonly stats: Stats

  constructor(path: string, stats: Stats) {
    this.self = path
    this.stats = stats
  }

  at(name: string): string {
    return join(this.self, name)
  }

  async look(name: string): Promise<Entry> {
    const path = this.at(name)
    const stats = await lstat(path).catch(orMissing)
    if (!stats) return { kind: 'missing' }
    if (stats.isSymbolicLink()) return { kind: 'link', target: await readlink(path), stats }
    if (stats.isDirectory()) {
      const folder = new NamedFolder(path, stats)
      await folder.confirm()
      return { kind: 'directory', folder }
    }
    if (!stats.isFile()) return { kind: 'other', stats }
    const file: HeldFile = {
      stats,
      self: path,
      open: async (flags) => {
        const handle = await open(path, flags | O_NOFOLLOW | O_NONBLOCK)
        try {
          if (!isSame(await handle.stat(), stats)) throw changed()
          await this.confirm()
          return handle
        } catch (error) {
          await handle.close()
          throw error
        }
      },
      close: async () => {},
    }
    return { kind: 'file', file }
  }

  async confirm() {
    const isThere = (await realpath(this.self)) === this.self && isSame(await lstat(this.self), this.stats)
    if (!isThere) throw changed()
  }

  async close() {}
}

function isSame(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.dev === b.dev
}

function orMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}

function notDirectory() {
  return Object.assign(new Error('not a directory'), { code: 'ENOTDIR' })
}

function changed() {
  return new FileRefusal('changed', 'folders were changed on the way to it; try again')
}
