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
  /** How large it is, unless it was read elsewhere. */
  | { kind: 'picture'; picture: Picture; size?: { width: number; height: number; resized: boolean }; note?: string }
  | { kind: 'text'; file: TextFile; from: 'text' | 'pdf' | 'docx' }

/** What is in a file, and sentences about what is not, or not as it was. */
export interface ReadText {
  text: string
  notes: string[]
}

export const largestFile = 25 * 1024 * 1024
export const longestText = 400_000
export const mostAttachments = 10

let lastId = 0
export const newAttachmentId = () => `file${++lastId}`

/** What went with a message that comes back, as far as the message says what it was. */
export function toAttachments(files: readonly TextFile[], pictures: readonly Picture[]): Attachment[] {
  return [
    ...files.map((file) => ({
      id: newAttachmentId(),
      name: file.name,
      bytes: file.text.length,
      content: { kind: 'text' as const, file, from: 'text' as const },
    })),
    ...pictures.map((picture, i) => ({
      id: newAttachmentId(),
      name: `Picture ${i + 1}`,
      bytes: Math.floor((picture.data.length * 3) / 4),
      content: { kind: 'picture' as const, picture },
    })),
  ]
}
