import { UnreadableFileError } from '../../../../lib/unreadable-file.ts'
import type { ReadText } from '../attachment.ts'
import { documentText } from './document-text.ts'
import { openParts } from './parts.ts'

/** The text of a Word document as Markdown, with what stands beside the text: notes, remarks, boxes, headers. */
export async function readDocx(data: ArrayBuffer): Promise<ReadText> {
  try {
    return await documentText(await openParts(data))
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error
    throw new UnreadableFileError('The Word document is damaged.')
  }
}
