import { type AttachmentContent, largestFile, longestText, UnreadableFileError } from './attachment.ts'

/** What is in a file, as far as a model can take it in. Each kind's reader is loaded with its first file. */
export async function readFile(file: File): Promise<AttachmentContent> {
  if (file.size > largestFile) throw new UnreadableFileError('It is larger than 25 MB.')
  if (file.size === 0) throw new UnreadableFileError('It is empty.')
  if (/^image\/(?:png|jpeg|gif|webp|bmp|avif)$/.test(file.type)) {
    const { readPicture } = await import('./read-picture.ts')
    return readPicture(file)
  }
  if (file.type === 'application/pdf' || /\.pdf$/i.test(file.name)) {
    const { readPdf } = await import('./read-pdf.ts')
    return asText(file, await readPdf(await file.arrayBuffer()), 'pdf')
  }
  if (/\.docx$/i.test(file.name) || file.type.endsWith('wordprocessingml.document')) {
    const { readDocx } = await import('./read-docx.ts')
    return asText(file, await readDocx(await file.arrayBuffer()), 'docx')
  }
  return asText(file, await readText(file), 'text')
}

async function readText(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Not UTF-8, so most likely not text at all.
  }
  throw new UnreadableFileError('It is neither text, a picture, a PDF nor a Word document.')
}

function asText(file: File, text: string, from: 'text' | 'pdf' | 'docx'): AttachmentContent {
  if (text.trim() === '') throw new UnreadableFileError('There is no text in it; it may be a scan.')
  if (text.length > longestText) throw new UnreadableFileError('Its text is longer than 400 000 characters.')
  return { kind: 'text', file: { name: file.name, text }, from }
}
