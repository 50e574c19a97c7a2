import { UnreadableFileError } from '../../../lib/unreadable-file.ts'
import { openArchive } from '../../../lib/unzip.ts'

/** What somebody chose to import: a text, or the files of an archive. */
export interface Source {
  /** Of the file, without what says its kind. */
  title: string
  text?: string
  files?: { name: string; text: string }[]
}

/** What a request may hold. */
const largest = 15 * 1024 * 1024
const largestInMb = 15
const mostFiles = 200

/** Reads a file as what its bytes say it is. */
export async function readBoardFile(file: File): Promise<Source> {
  if (file.size === 0) throw new UnreadableFileError('It is empty.')
  if (file.size > largest) throw new UnreadableFileError(`It is larger than ${largestInMb} MB.`)
  const title = file.name.replace(/\.[^.]{1,12}$/, '')
  const bytes = new Uint8Array(await file.arrayBuffer())
  // Every archive begins so.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { title, files: await filesIn(bytes.buffer) }
  return { title, text: toText(bytes) }
}

async function filesIn(data: ArrayBuffer): Promise<{ name: string; text: string }[]> {
  const archive = openArchive(data)
  const names = archive.names.filter((name) => /\.(?:jsonl|csv)$/.test(name) && !name.startsWith('__macosx/'))
  if (names.length === 0) {
    throw new UnreadableFileError('There is no board in the archive: neither board.jsonl nor tables.')
  }
  if (names.length > mostFiles) throw new UnreadableFileError(`There are more than ${mostFiles} tables in the archive.`)
  const files: { name: string; text: string }[] = []
  let size = 0
  for (const name of names) {
    const bytes = (await archive.read(name)) ?? new Uint8Array()
    size += bytes.length
    if (size > largest) throw new UnreadableFileError(`It is larger than ${largestInMb} MB when it is unpacked.`)
    files.push({ name, text: toText(bytes) })
  }
  return files
}

/** Tables that a spreadsheet saved may be of another time. */
function toText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
