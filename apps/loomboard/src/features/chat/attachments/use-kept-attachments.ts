import { useCallback, useEffect, useRef } from 'react'
import { copies } from '../../../lib/browser/copies.ts'
import { type Attachment, newAttachmentId } from './attachment.ts'

const key = (chat: string) => `files ${chat}`

/**
 * Keeps a draft's attachments in this browser, and gives back those that were kept when the composer appears. The
 * returned function forgets them, also when the composer is gone by then.
 */
export function useKeptAttachments(
  chat: string,
  list: readonly Attachment[],
  setList: (change: (before: readonly Attachment[]) => readonly Attachment[]) => void,
): () => void {
  const written = useRef(chat)
  const kept = useRef<string>(undefined)
  const read = list.filter(({ content }) => content.kind === 'text' || content.kind === 'picture')
  const ids = read.map(({ id }) => id).join()

  useEffect(() => {
    let current = true
    void copies.find<Attachment[]>(key(written.current)).then((copy) => {
      if (!current || kept.current !== undefined) return
      kept.current = ''
      if (copy) setList((before) => [...copy.value.map((one) => ({ ...one, id: newAttachmentId() })), ...before])
    })
    return () => {
      current = false
    }
  }, [setList])

  useEffect(() => {
    const moved = written.current !== chat
    if (moved) void copies.drop(key(written.current))
    written.current = chat
    // Nothing is written before it is known what there was, unless there is something to write.
    if ((kept.current ?? '') === ids && !moved) return
    kept.current = ids
    if (read.length > 0) void copies.keep(key(chat), read)
    else void copies.drop(key(chat))
  })

  return useCallback(() => {
    kept.current ??= ''
    void copies.drop(key(written.current))
  }, [])
}
