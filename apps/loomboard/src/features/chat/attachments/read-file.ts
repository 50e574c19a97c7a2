import { UnreadableFileError } from '../../../lib/unreadable-file.ts'
import { readAside } from './aside.ts'
import { type AttachmentContent, largestFile, longestText, type ReadText } from './attachment.ts'
import { fileKind, headBytes, whyUnread } from './file-kind.ts'

/** What is in a file, as far as a model can take it in. Each kind's reader is loaded with its first file. */
export async function readFile(file: File): Promise<AttachmentContent> {
  if (file.size > largestFile) throw new UnreadableFileError('It is larger than 25 MB.')
  if (file.size === 0) throw new UnreadableFileError('It is empty.')
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer())
  switch (fileKind(head)) {
    case 'picture': {
      const { readPicture } = await import('./pictures/read-picture.ts')
      return readPicture(file, head)
    }
    case 'pdf': {
      const { readPdf } = await import('./pdf/read-pdf.ts')
      return asText(file, await readPdf(await file.arrayBuffer()), 'pdf')
    }
    case 'zip': {
      const worker = new Worker(new URL('./docx/docx-worker.ts', import.meta.url), { type: 'module' })
      return asText(file, await readAside<ReadText>(worker, await file.arrayBuffer()), 'docx')
    }
    case 'other':
      return asText(file, await readText(file, head), 'text')
  }
}

async function readText(file: File, head: Uint8Array): Promise<ReadText> {
  const { decodeText } = await import('./text/decode-text.ts')
  const isLong = file.size > longestText * mostBytesOfChar
  const bytes = new Uint8Array(await (isLong ? file.slice(0, longestText) : file).arrayBuffer())
  const read = await decodeText(bytes)
  if (!read) throw new UnreadableFileError(whyUnread(head))
  if (isLong) throw new UnreadableFileError(tooLong)
  return read
}
/** Of any encoding. */
const mostBytesOfChar = 4

function asText(file: File, { text, notes }: ReadText, from: 'text' | 'pdf' | 'docx'): AttachmentContent {
  if (text.trim() === '') throw new UnreadableFileError(notes.join(' ') || 'There is no text in it.')
  if (text.length > longestText) throw new UnreadableFileError(tooLong)
  const note = notes.join(' ')
  return { kind: 'text', file: { name: file.name, text, ...(note ? { note } : {}) }, from }
}
const tooLong = 'Its text is longer than 400 000 characters. Attach the part that matters.'
