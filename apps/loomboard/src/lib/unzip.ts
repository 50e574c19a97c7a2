import { UnreadableFileError } from './unreadable-file.ts'

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
/** Unpacked; a small file can say it is endless. */
const largestEntry = 50 * 1024 * 1024

/** What is in a zip archive. */
export interface Archive {
  names: string[]
  /** A file of it, or undefined. Names are compared as people do: not by their case. */
  read(name: string): Promise<Uint8Array | undefined>
}

export function openArchive(archive: ArrayBuffer): Archive {
  const view = new DataView(archive)
  const entries = new Map<string, number>()
  const end = findEnd(view)
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== directoryEntry) break
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(new Uint8Array(archive, at + 46, nameLength))
    entries.set(name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase(), at)
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return {
    names: [...entries.keys()],
    async read(name) {
      const entry = entries.get(name.toLowerCase())
      return entry === undefined ? undefined : unpack(archive, view, entry)
    },
  }
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--)
    if (view.getUint32(at, true) === endOfDirectory) return at
  throw new UnreadableFileError('The file is damaged: its end is missing.')
}

async function unpack(archive: ArrayBuffer, view: DataView, entry: number): Promise<Uint8Array> {
  if (view.getUint16(entry + 8, true) & 1) throw new UnreadableFileError('It is protected by a password.')
  const method = view.getUint16(entry + 10, true)
  const packed = view.getUint32(entry + 20, true)
  const local = view.getUint32(entry + 42, true)
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  const bytes = new Uint8Array(archive, start, packed)
  if (method === 0) return bytes
  if (method !== 8) throw new UnreadableFileError('The file is packed in an unusual way.')
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > largestEntry) {
      await reader.cancel()
      throw new UnreadableFileError('It is larger than 50 MB when it is unpacked.')
    }
    chunks.push(value)
  }
  const whole = new Uint8Array(size)
  let to = 0
  for (const chunk of chunks) {
    whole.set(chunk, to)
    to += chunk.length
  }
  return whole
}
