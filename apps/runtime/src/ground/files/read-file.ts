import { constants, type Stats } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import type { HeldFile } from './folder.ts'
import { type Handles, holding } from './handles.ts'
import { joined, segmentsOf, shown } from './path.ts'
import { FileRefusal, refusalOf } from './refusal.ts'
import { type Found, type Root, walk } from './walk.ts'

export interface FileRead {
  bytes: Buffer
  stats: Stats
}

/** The whole of a file that is no longer than that. */
export async function readFile(root: Root, path: string, mostBytes: number): Promise<FileRead> {
  return withOpenFile(root, path, async (handle, stats) => {
    const bytes = await readUpTo(handle, mostBytes)
    if (bytes.length > mostBytes) throw tooLong(path, stats.size, mostBytes)
    return { bytes, stats }
  })
}

/** Works with a file that is open for reading. */
export async function withOpenFile<T>(
  root: Root,
  path: string,
  work: (handle: FileHandle, stats: Stats) => Promise<T>,
): Promise<T> {
  try {
    return await holding(async (handles) => {
      const found = await walk(root, segmentsOf(path), handles)
      const handle = await openFile(fileOf(found, path), handles)
      return work(handle, await handle.stat())
    })
  } catch (error) {
    throw refusalOf(error, shown(path))
  }
}

export function fileOf({ entry, path, rest }: Found, asked: string): HeldFile {
  if (entry.kind === 'file') return entry.file
  if (entry.kind === 'missing') throw new FileRefusal('missing', `there is no file ${joined([...path, ...rest])}`)
  if (entry.kind === 'directory') throw new FileRefusal('kind', `${shown(asked)} is a folder, not a file`)
  throw notRegular(shown(asked))
}

export function notRegular(path: string) {
  return new FileRefusal('kind', `${path} is a device, a pipe or a socket, which are never opened`)
}

export function tooLong(path: string, bytes: number, mostBytes: number) {
  return new FileRefusal('size', `${shown(path)} has ${bytes} bytes, and at most ${mostBytes} are taken`)
}

export async function openFile(file: HeldFile, handles: Handles): Promise<FileHandle> {
  const { O_RDONLY, O_NONBLOCK = 0 } = constants
  return handles.hold(await file.open(O_RDONLY | O_NONBLOCK))
}

/** One byte more than that tells that there is more. */
export async function readUpTo(handle: FileHandle, mostBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  while (length <= mostBytes) {
    const piece = Buffer.allocUnsafe(Math.min(64 * 1024, mostBytes + 1 - length))
    const { bytesRead } = await handle.read(piece, 0, piece.length, length)
    if (bytesRead === 0) break
    pieces.push(piece.subarray(0, bytesRead))
    length += bytesRead
  }
  return Buffer.concat(pieces, length)
}
