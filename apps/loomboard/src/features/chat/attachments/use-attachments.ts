import { useCallback, useState } from 'react'
import type { Along } from '../conversation.ts'
import { type Picture, type Typed, toFencedText, toSegments, toText } from '../model/typed.ts'
import { type Attachment, mostAttachments, UnreadableFileError } from './attachment.ts'

export interface Attachments {
  list: readonly Attachment[]
  reading: boolean
  pictures: readonly Picture[]
  add: (files: Iterable<File>) => void
  remove: (id: string) => void
  /** Empties the list and gives what was in it, to be put back should the message not arrive. */
  take: () => readonly Attachment[]
  putBack: (list: readonly Attachment[]) => void
}

let lastId = 0

/** What is to go with the next message. Files are read as they come, so that what cannot be read is said at once. */
export function useAttachments(): Attachments {
  const [list, setList] = useState<readonly Attachment[]>([])

  const add = useCallback((files: Iterable<File>) => {
    const fresh = [...files].map((file) => ({ file, id: `file${++lastId}` }))
    setList((before) => [
      ...before,
      ...fresh
        .slice(0, Math.max(0, mostAttachments - before.length))
        .map(({ file, id }): Attachment => ({ id, name: file.name, bytes: file.size, content: { kind: 'reading' } })),
    ])
    for (const { file, id } of fresh) {
      void read(file).then((content) =>
        setList((before) =>
          before.map((attachment) => (attachment.id === id ? { ...attachment, content } : attachment)),
        ),
      )
    }
  }, [])

  return {
    list,
    reading: list.some(({ content }) => content.kind === 'reading'),
    pictures: list.flatMap(({ content }) => (content.kind === 'picture' ? [content.picture] : [])),
    add,
    remove: (id) => setList((before) => before.filter((attachment) => attachment.id !== id)),
    take() {
      setList([])
      return list
    },
    putBack: (taken) => setList((before) => [...taken, ...before]),
  }
}

async function read(file: File): Promise<Attachment['content']> {
  try {
    const { readFile } = await import('./read-file.ts')
    return await readFile(file)
  } catch (error) {
    return { kind: 'failed', reason: error instanceof UnreadableFileError ? error.message : 'It could not be read.' }
  }
}

/** The message that somebody typed, with what goes with it. */
export function withAttachments(text: string, list: readonly Attachment[]): Typed {
  const files = list.flatMap(({ content }) => (content.kind === 'text' ? [content.file] : []))
  // A picture has no words; a message without any would have no name in the list.
  const names = list.filter(({ content }) => content.kind === 'picture').map(({ name }) => name)
  return { text: text || (files.length === 0 ? names.join(', ') : 'Please read what is attached.'), files }
}

/** How the message travels: in segments to a new run, as fenced text to a live one. */
export function toMessage(
  typed: Typed,
  pictures: readonly Picture[],
  toLiveRun: boolean,
): { text: string; along: Along | undefined } {
  if (typed.files.length === 0 && pictures.length === 0) return { text: typed.text, along: undefined }
  const along = { typed: typed.text, segments: toSegments(typed, pictures), pictures }
  return { text: toLiveRun ? toFencedText(typed) : toText(typed), along }
}
