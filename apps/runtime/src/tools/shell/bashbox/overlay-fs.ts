import { posix } from 'node:path'
import { type FileContent, type FsStat, InMemoryFs } from 'just-bash'
import { fsError } from './fs-error.ts'
import { type DirentEntry, ShellFs, type Writing } from './shell-fs.ts'

/**
 * Files that may only be read, with what a script does to them laid over them in memory: it sees what it has written
 * and removed, and when it is over nothing has happened.
 */
export class OverlayFs extends ShellFs {
  readonly #below: ShellFs
  readonly #above: InMemoryFs
  /** With what is below them, gone from below. */
  readonly #removed = new Set<string>()

  constructor(below: ShellFs, mostBytes: number) {
    super()
    this.#below = below
    this.#above = new InMemoryFs({}, { maxTotalBytes: mostBytes })
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    return (await this.#isAbove(path))
      ? this.#above.readFileBuffer(path)
      : this.#under(path, 'open').readFileBuffer(path)
  }

  async writeFile(path: string, content: FileContent, options?: Writing): Promise<void> {
    if (await this.#isDirectory(path)) throw fsError('EISDIR', 'open', path)
    await this.mkdir(posix.dirname(path), { recursive: true })
    await this.#raiseFolder(posix.dirname(path))
    await this.#above.writeFile(path, content, options)
  }

  async appendFile(path: string, content: FileContent, options?: Writing): Promise<void> {
    if (!(await this.exists(path))) return this.writeFile(path, content, options)
    await this.#raise(path)
    await this.#above.appendFile(path, content, options)
  }

  async stat(path: string): Promise<FsStat> {
    return (await this.#isAbove(path)) ? this.#above.stat(path) : this.#under(path, 'stat').stat(path)
  }

  async lstat(path: string): Promise<FsStat> {
    return (await this.#isAbove(path)) ? this.#above.lstat(path) : this.#under(path, 'lstat').lstat(path)
  }

  async mkdir(path: string, { recursive = false } = {}): Promise<void> {
    if (await this.exists(path)) {
      if (recursive && (await this.#isDirectory(path))) return
      throw fsError('EEXIST', 'mkdir', path)
    }
    const parent = posix.dirname(path)
    if (recursive && !(await this.exists(parent))) await this.mkdir(parent, { recursive })
    await this.#requireParent(path, 'mkdir')
    await this.#above.mkdir(path)
  }

  async readdirWithFileTypes(path: string): Promise<DirentEntry[]> {
    if (!(await this.#isDirectory(path))) {
      throw fsError((await this.exists(path)) ? 'ENOTDIR' : 'ENOENT', 'scandir', path)
    }
    const names = new Map<string, DirentEntry>()
    const isBelow = !this.#isRemoved(path) && (await this.#below.stat(path).catch(() => undefined))?.isDirectory
    for (const entry of isBelow ? await this.#below.readdirWithFileTypes(path) : []) {
      if (!this.#isRemoved(posix.join(path, entry.name))) names.set(entry.name, entry)
    }
    const isAbove = path === '/' || (await this.#isAbove(path))
    const above = isAbove ? await this.#above.readdirWithFileTypes(path) : []
    for (const entry of above) names.set(entry.name, entry)
    return [...names.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  async rm(path: string, { recursive = false, force = false } = {}): Promise<void> {
    const stats = await this.lstat(path).catch(() => undefined)
    if (!stats) {
      if (!force) throw fsError('ENOENT', 'rm', path)
      return
    }
    if (path === '/') throw fsError('EPERM', 'rm', path)
    if (stats.isDirectory && !recursive && (await this.readdir(path)).length > 0) throw fsError('ENOTEMPTY', 'rm', path)
    await this.#above.rm(path, { recursive: true, force: true })
    this.#removed.add(path)
  }

  async mv(from: string, to: string): Promise<void> {
    await this.cp(from, to, { recursive: true })
    await this.rm(from, { recursive: true })
  }

  async chmod(path: string, mode: number): Promise<void> {
    await this.#raise(path)
    await this.#above.chmod(path, mode)
  }

  async utimes(path: string, accessed: Date, modified: Date): Promise<void> {
    await this.#raise(path)
    await this.#above.utimes(path, accessed, modified)
  }

  async symlink(target: string, path: string): Promise<void> {
    if (await this.exists(path)) throw fsError('EEXIST', 'symlink', path)
    await this.#requireParent(path, 'symlink')
    await this.#above.symlink(target, path)
  }

  async readlink(path: string): Promise<string> {
    return (await this.#isAbove(path)) ? this.#above.readlink(path) : this.#under(path, 'readlink').readlink(path)
  }

  async realpath(path: string): Promise<string> {
    return (await this.#isAbove(path)) ? this.#above.realpath(path) : this.#under(path, 'realpath').realpath(path)
  }

  async #isAbove(path: string): Promise<boolean> {
    return this.#above.lstat(path).then(
      () => path !== '/',
      () => false,
    )
  }

  #under(path: string, call: string): ShellFs {
    if (this.#isRemoved(path)) throw fsError('ENOENT', call, path)
    return this.#below
  }

  #isRemoved(path: string): boolean {
    for (let at = path; at !== '/'; at = posix.dirname(at)) if (this.#removed.has(at)) return true
    return false
  }

  async #isDirectory(path: string): Promise<boolean> {
    return this.stat(path).then(
      ({ isDirectory }) => isDirectory,
      () => false,
    )
  }

  /** What is there is above as well, so that it can be changed. */
  async #raise(path: string) {
    const stats = await this.stat(path)
    if (await this.#isAbove(path)) return
    await this.#requireParent(path, 'open')
    if (stats.isDirectory) await this.#above.mkdir(path, { recursive: true })
    else await this.#above.writeFile(path, await this.readFileBuffer(path))
    await this.#above.chmod(path, stats.mode)
  }

  async #requireParent(path: string, call: string) {
    const parent = posix.dirname(path)
    if (!(await this.#isDirectory(parent)))
      throw fsError((await this.exists(parent)) ? 'ENOTDIR' : 'ENOENT', call, path)
    await this.#raiseFolder(parent)
  }

  async #raiseFolder(path: string) {
    await this.#above.mkdir(path, { recursive: true })
  }
}
