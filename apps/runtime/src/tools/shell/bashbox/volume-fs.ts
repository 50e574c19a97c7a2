import { constants, type Stats } from 'node:fs'
import { chmod, mkdir, opendir, rename, rmdir, symlink, unlink, utimes } from 'node:fs/promises'
import type { FileContent, FsStat } from 'just-bash'
import { draftPrefix } from '../../../ground/files/draft-name.ts'
import { type Handles, holding } from '../../../ground/files/handles.ts'
import { statsOf } from '../../../ground/files/list-folder.ts'
import { segmentsOf } from '../../../ground/files/path.ts'
import { fileOf, readFile } from '../../../ground/files/read-file.ts'
import { removeTree } from '../../../ground/files/remove-tree.ts'
import { makeFolderIn, replaceFile } from '../../../ground/files/replace-file.ts'
import { type Found, type Root, walk } from '../../../ground/files/walk.ts'
import { fsError, toFsError } from './fs-error.ts'
import { type DirentEntry, ShellFs, toBytes, type Writing } from './shell-fs.ts'

const mostBytes = 64 * 1024 * 1024

/**
 * A volume as the files of a shell. Every path is walked from the volume's root, like those of the file tools. What is
 * written has its folders made, as the shell expects of its files.
 */
export class VolumeFs extends ShellFs {
  readonly #root: Root

  constructor(root: Root) {
    super()
    this.#root = root
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    return this.#at('open', path, async (found) => {
      if (found.entry.kind === 'directory') throw fsError('EISDIR', 'read', path)
      fileOf(found, path)
      return (await readFile(this.#root, relative(path), mostBytes)).bytes
    })
  }

  async writeFile(path: string, content: FileContent, options?: Writing): Promise<void> {
    await this.#at('open', path, async ({ entry }) => {
      if (entry.kind === 'directory') throw fsError('EISDIR', 'open', path)
      const bytes = toBytes(content, options)
      await replaceFile(this.#root, relative(path), () => bytes, { mostBytes, isWhole: true })
    })
  }

  async appendFile(path: string, content: FileContent, options?: Writing): Promise<void> {
    const isWritten = await this.#at('open', path, async (found, handles) => {
      if (found.entry.kind === 'missing') return false
      if (found.entry.kind === 'directory') throw fsError('EISDIR', 'open', path)
      const file = fileOf(found, path)
      // One that has a name elsewhere as well is not changed there: it is made anew.
      if (file.stats.nlink > 1) return false
      const { O_WRONLY, O_APPEND, O_NONBLOCK = 0 } = constants
      const handle = handles.hold(await file.open(O_WRONLY | O_APPEND | O_NONBLOCK))
      await handle.appendFile(toBytes(content, options))
      return true
    })
    if (isWritten) return
    const before = (await this.exists(path)) ? await this.readFileBuffer(path) : Buffer.alloc(0)
    await this.writeFile(path, Buffer.concat([before, toBytes(content, options)]))
  }

  async stat(path: string): Promise<FsStat> {
    return this.#at('stat', path, async (found) => toStat(present(found, 'stat', path)))
  }

  async lstat(path: string): Promise<FsStat> {
    return this.#at('lstat', path, async (found) => toStat(present(found, 'lstat', path)), { followLast: false })
  }

  async mkdir(path: string, { recursive = false } = {}): Promise<void> {
    await this.#at('mkdir', path, async ({ parent, name, rest, entry }, handles) => {
      if (entry.kind === 'directory' && recursive) return
      if (entry.kind !== 'missing' || !parent) throw fsError('EEXIST', 'mkdir', path)
      if (rest.length > 0 && !recursive) throw fsError('ENOENT', 'mkdir', path)
      let folder = parent
      if (rest.length === 0 && !recursive) await mkdir(parent.at(name))
      else for (const one of [name, ...rest]) folder = await makeFolderIn(folder, one, handles)
    })
  }

  async readdirWithFileTypes(path: string): Promise<DirentEntry[]> {
    return this.#at('scandir', path, async (found) => {
      const { entry } = found
      if (entry.kind !== 'directory') throw fsError(entry.kind === 'missing' ? 'ENOENT' : 'ENOTDIR', 'scandir', path)
      const names: DirentEntry[] = []
      await entry.folder.confirm()
      for await (const dirent of await opendir(entry.folder.self, { bufferSize: 1024 })) {
        if (dirent.name.startsWith(draftPrefix)) continue
        names.push({
          name: dirent.name,
          isFile: dirent.isFile(),
          isDirectory: dirent.isDirectory(),
          isSymbolicLink: dirent.isSymbolicLink(),
        })
      }
      return names.sort((a, b) => (a.name < b.name ? -1 : 1))
    })
  }

  async rm(path: string, { recursive = false, force = false } = {}): Promise<void> {
    await this.#at(
      'rm',
      path,
      async ({ parent, name, entry }) => {
        if (entry.kind === 'missing') {
          if (!force) throw fsError('ENOENT', 'rm', path)
          return
        }
        if (!parent) throw fsError('EPERM', 'rm', path)
        await parent.confirm()
        if (entry.kind !== 'directory') await unlink(parent.at(name))
        else if (recursive) await removeTree(parent, name)
        else await rmdir(parent.at(name))
      },
      { followLast: false },
    )
  }

  async mv(from: string, to: string): Promise<void> {
    await this.#at(
      'rename',
      from,
      async (source) => {
        present(source, 'rename', from)
        await this.#at(
          'rename',
          to,
          async (target) => {
            requireParent(target, 'rename', to)
            if (!source.parent || !target.parent) throw fsError('EPERM', 'rename', to)
            await source.parent.confirm()
            await target.parent.confirm()
            await rename(source.parent.at(source.name), target.parent.at(target.name))
          },
          { followLast: false },
        )
      },
      { followLast: false },
    )
  }

  async chmod(path: string, mode: number): Promise<void> {
    await this.#at('chmod', path, async (found) => chmod(selfOf(found, 'chmod', path), mode & 0o777))
  }

  async utimes(path: string, accessed: Date, modified: Date): Promise<void> {
    await this.#at('utimes', path, async (found) => utimes(selfOf(found, 'utimes', path), accessed, modified))
  }

  /** Only to what is in the volume, as far as its words say; where it leads is asked anew when somebody follows it. */
  async symlink(target: string, path: string): Promise<void> {
    await this.#at(
      'symlink',
      path,
      async ({ parent, name, rest, entry, path: at }) => {
        if (entry.kind !== 'missing' || !parent) throw fsError('EEXIST', 'symlink', path)
        if (rest.length > 0) throw fsError('ENOENT', 'symlink', path)
        if (leadsOut(target, at.length - 1)) throw fsError('EPERM', 'symlink', path)
        await parent.confirm()
        await symlink(target, parent.at(name))
      },
      { followLast: false },
    )
  }

  async readlink(path: string): Promise<string> {
    return this.#at(
      'readlink',
      path,
      async ({ entry }) => {
        if (entry.kind === 'link') return entry.target
        throw fsError(entry.kind === 'missing' ? 'ENOENT' : 'EINVAL', 'readlink', path)
      },
      { followLast: false },
    )
  }

  async realpath(path: string): Promise<string> {
    return this.#at('realpath', path, async (found) => {
      present(found, 'realpath', path)
      return `/${found.path.join('/')}`
    })
  }

  async #at<T>(
    call: string,
    path: string,
    work: (found: Found, handles: Handles) => Promise<T>,
    options?: { followLast: boolean },
  ): Promise<T> {
    try {
      return await holding(async (handles) =>
        work(await walk(this.#root, segmentsOf(relative(path)), handles, options), handles),
      )
    } catch (error) {
      throw toFsError(error, call, path)
    }
  }
}

/** A shell's paths begin at the root, and have been made without dots. */
function relative(path: string): string {
  return path.replace(/^\/+/, '')
}

function present({ entry }: Found, call: string, path: string) {
  if (entry.kind === 'missing') throw fsError('ENOENT', call, path)
  return entry
}

function requireParent({ entry, rest }: Found, call: string, path: string) {
  if (rest.length > 0) throw fsError('ENOENT', call, path)
  if (entry.kind === 'directory') throw fsError('EISDIR', call, path)
}

function selfOf({ entry }: Found, call: string, path: string): string {
  if (entry.kind === 'directory') return entry.folder.self
  if (entry.kind === 'file') return entry.file.self
  throw fsError(entry.kind === 'missing' ? 'ENOENT' : 'EPERM', call, path)
}

function leadsOut(target: string, depth: number): boolean {
  if (/^[/\\]|^[A-Za-z]:/.test(target) || target.includes('\0')) return true
  let level = depth
  for (const name of target.split('/')) {
    if (name === '..') level--
    else if (name !== '' && name !== '.') level++
    if (level < 0) return true
  }
  return false
}

function toStat(entry: ReturnType<typeof present>): FsStat {
  const stats: Stats = statsOf(entry)
  return {
    isFile: stats.isFile(),
    isDirectory: stats.isDirectory(),
    isSymbolicLink: stats.isSymbolicLink(),
    mode: stats.mode & 0o7777,
    size: stats.size,
    mtime: stats.mtime,
    dev: stats.dev,
    ino: stats.ino,
  }
}
