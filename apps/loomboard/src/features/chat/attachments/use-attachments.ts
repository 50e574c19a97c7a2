import { useCallback, useState } from 'react'
import { onlyFiles } from '../../../lib/runs/chat-name.ts'
import type { Along } from '../conversation.ts'
import { type Picture, type Typed, toSegments, toText } from '../model/typed.ts'
import { type Attachment, mostAttachments, newAttachmentId, UnreadableFileError } from './attachment.ts'
import { useKeptAttachments } from './use-kept-attachments.ts'

export interface Attachments {
  list: readonly Attachment[]
  reading: boolean
  add: (files: Iterable<File>) => void
  remove: (id: string) => void
  /** The message is on its way with them. */
  sending: () => void
  /** It has arrived. */
  sent: () => void
  /** It has not, or others came back. */
  putBack: (list: readonly Attachment[]) => void
  clear: () => void
}

/**
 * What is to go with the next message of a conversation, kept with its draft until it has arrived. Files are read as
 * they come, so that what cannot be read is said at once.
 */
export function useAttachments(chat: string): Attachments {
  const [list, setList] = useState<readonly Attachment[]>([])
  const [onTheWay, setOnTheWay] = useState<readonly Attachment[]>([])
  const forget = useKeptAttachments(chat, [...onTheWay, ...list], setList)

  const add = useCallback((files: Iterable<File>) => {
    const fresh = [...files].map((file) => ({ file, id: newAttachmentId() }))
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
    add,
    remove: (id) => setList((before) => before.filter((attachment) => attachment.id !== id)),
    sending() {
      setOnTheWay(list)
      setList([])
    },
    sent() {
      setOnTheWay([])
      forget()
    },
    putBack(back) {
      setOnTheWay([])
      setList((before) => [...back, ...before])
    },
    clear() {
      setList([])
      forget()
    },
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
  return { text: text || (files.length === 0 ? names.join(', ') : onlyFiles), files }
}

/** The message as it travels; with nothing but words, nothing goes along. */
export function toMessage(
  typed: Typed,
  attachments: readonly Attachment[],
): { text: string; along: Along | undefined } {
  if (attachments.length === 0) return { text: typed.text, along: undefined }
  const pictures = picturesIn(attachments)
  const along = { typed: typed.text, segments: toSegments(typed, pictures), pictures, attachments }
  return { text: toText(typed), along }
}

export function picturesIn(list: readonly Attachment[]): Picture[] {
  return list.flatMap(({ content }) => (content.kind === 'picture' ? [content.picture] : []))
}
