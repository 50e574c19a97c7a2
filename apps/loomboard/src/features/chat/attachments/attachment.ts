import type { Picture, TextFile } from '../model/typed.ts'

/** Something that is to go with the next message. */
export interface Attachment {
  id: string
  name: string
  bytes: number
  content: AttachmentContent
}

export type AttachmentContent =
  | { kind: 'reading' }
  | { kind: 'failed'; reason: string }
  | { kind: 'picture'; picture: Picture; width: number; height: number; resized: boolean }
  | { kind: 'text'; file: TextFile; from: 'text' | 'pdf' | 'docx' }

export const largestFile = 25 * 1024 * 1024
export const longestText = 400_000
export const mostAttachments = 10

/** Words for the person who chose the file. */
export class UnreadableFileError extends Error {}
