import { useCallback, useRef, useState } from 'react'
import { plural } from '../../../lib/format.ts'
import { onlyFiles } from '../../../lib/runs/chat-name.ts'
import { UnreadableFileError } from '../../../lib/unreadable-file.ts'
import type { Along } from '../conversation.ts'
import { withAbout } from '../model/about.ts'
import { type Picture, type Typed, toSegments, toText } from '../model/typed.ts'
import { type Attachment, mostAttachments, newAttachmentId } from './attachment.ts'
import { useKeptAttachments } from './use-kept-attachments.ts'

export interface Attachments {
  list: readonly Attachment[]
  reading: boolean
  /** Why some of the files that came last are not among them. */
  turnedAway: string
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
  const [turnedAway, setTurnedAway] = useState('')
  const forget = useKeptAttachments(chat, [...onTheWay, ...list], setList)
  const room = useRef(0)
  room.current = Math.max(0, mostAttachments - list.length)

  const add = useCallback((files: Iterable<File>) => {
    const all = [...files]
    const fresh = all.slice(0, room.current).map((file) => ({ file, id: newAttachmentId() }))
    room.current -= fresh.length
    setTurnedAway(whyTurnedAway(all.slice(fresh.length)))
    setList((before) => [
      ...before,
      ...fresh.map(
        ({ file, id }): Attachment => ({ id, name: file.name, bytes: file.size, content: { kind: 'reading' } }),
      ),
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
    turnedAway,
    add,
    remove(id) {
      setTurnedAway('')
      setList((before) => before.filter((attachment) => attachment.id !== id))
    },
    sending() {
      setTurnedAway('')
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
      setTurnedAway('')
      setList([])
      forget()
    },
  }
}

function whyTurnedAway(files: readonly File[]): string {
  if (files.length === 0) return ''
  const names = files.slice(0, mostNamed).map(({ name }) => name)
  const more = files.length - names.length
  const list = more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
  return `A message takes ${mostAttachments} files. ${plural(files.length, 'file was', 'files were')} not attached: ${list}.`
}
const mostNamed = 12

async function read(file: File): Promise<Attachment['content']> {
  try {
    const { readFile } = await import('./read-file.ts')
    return await readFile(file)
  } catch (error) {
    if (error instanceof UnreadableFileError) return { kind: 'failed', reason: error.message }
    if (error instanceof DOMException) {
      return { kind: 'failed', reason: 'The browser could not open it; a folder cannot be attached.' }
    }
    return { kind: 'failed', reason: 'It could not be read. Remove it and try again.' }
  }
}

/** The message that somebody typed, with what goes with it: what is to be said of a picture stands where files do. */
export function withAttachments(text: string, list: readonly Attachment[]): Typed {
  const files = list.flatMap(({ name, content }) => {
    if (content.kind === 'text') return [content.file]
    return content.kind === 'picture' && content.note ? [{ name, text: '', note: content.note }] : []
  })
  // A picture has no words; a message without any would have no name in the list.
  const names = list.filter(({ content }) => content.kind === 'picture').map(({ name }) => name)
  return { text: text || (names.length < list.length ? onlyFiles : names.join(', ')), files }
}

/** The message as it travels, with what it is about; with nothing but words, nothing goes along. */
export function toMessage(
  typed: Typed,
  attachments: readonly Attachment[],
  about?: string,
): { text: string; along: Along | undefined } {
  if (attachments.length === 0 && about === undefined) return { text: typed.text, along: undefined }
  const said = about === undefined ? typed : { ...typed, text: withAbout(typed.text, about) }
  const pictures = picturesIn(attachments)
  const along = { typed: typed.text, segments: toSegments(said, pictures), pictures, attachments }
  return { text: toText(said), along }
}

export function picturesIn(list: readonly Attachment[]): Picture[] {
  return list.flatMap(({ content }) => (content.kind === 'picture' ? [content.picture] : []))
}
