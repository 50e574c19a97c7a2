import { posix } from 'node:path'
import type { BufferEncoding, ByteString, CpOptions, FileContent, IFileSystem } from 'just-bash'
import { fsError } from './fs-error.ts'

export type DirentEntry = Awaited<ReturnType<NonNullable<IFileSystem['readdirWithFileTypes']>>>[number]
type Reading = Parameters<IFileSystem['readFile']>[1]
export type Writing = Parameters<IFileSystem['writeFile']>[2]

/** What any files of a shell can be made of: the rest of what a shell asks for. */
export abstract class ShellFs implements IFileSystem {
  abstract readFileBuffer(path: string): Promise<Uint8Array>
  abstract writeFile(path: string, content: FileContent, options?: Writing): Promise<void>
  abstract appendFile(path: string, content: FileContent, options?: Writing): Promise<void>
  abstract stat(path: string): ReturnType<IFileSystem['stat']>
  abstract lstat(path: string): ReturnType<IFileSystem['lstat']>
  abstract mkdir(path: string, options?: { recursive?: boolean }): Promise<void>
  abstract readdirWithFileTypes(path: string): Promise<DirentEntry[]>
  abstract rm(path: string, options?: { recursive?: boolean; force?: boolean }): Promise<void>
  abstract mv(from: string, to: string): Promise<void>
  abstract chmod(path: string, mode: number): Promise<void>
  abstract symlink(target: string, path: string): Promise<void>
  abstract readlink(path: string): Promise<string>
  abstract realpath(path: string): Promise<string>
  abstract utimes(path: string, accessed: Date, modified: Date): Promise<void>

  async readFile(path: string, options?: Reading): Promise<string> {
    const encoding: BufferEncoding = (typeof options === 'string' ? options : options?.encoding) ?? 'utf8'
    return Buffer.from(await this.readFileBuffer(path)).toString(encoding)
  }

  async readFileBytes(path: string): Promise<ByteString> {
    return Buffer.from(await this.readFileBuffer(path)).toString('latin1') as unknown as ByteString
  }

  async exists(path: string): Promise<boolean> {
    return this.stat(path).then(
      () => true,
      () => false,
    )
  }

  async readdir(path: string): Promise<string[]> {
    return (await this.readdirWithFileTypes(path)).map(({ name }) => name)
  }

  async cp(from: string, to: string, options: CpOptions = {}): Promise<void> {
    const stats = await this.stat(from)
    if (!stats.isDirectory) return this.writeFile(to, await this.readFileBuffer(from))
    if (!options.recursive) throw fsError('EISDIR', 'cp', from)
    await this.mkdir(to, { recursive: true })
    for (const name of await this.readdir(from)) await this.cp(posix.join(from, name), posix.join(to, name), options)
  }

  resolvePath(base: string, path: string): string {
    return posix.resolve(base, path)
  }

  /** Names are found by reading folders. */
  getAllPaths(): string[] {
    return []
  }

  /** A file with two names could be one that is elsewhere. */
  async link(_: string, path: string): Promise<void> {
    throw fsError('EPERM', 'link', path)
  }
}

export function toBytes(content: FileContent, options?: Writing): Buffer {
  if (typeof content !== 'string') return Buffer.from(content)
  const encoding = (typeof options === 'string' ? options : options?.encoding) ?? 'utf8'
  return Buffer.from(content, encoding)
}
