import { useEffect, useRef, useState } from 'react'
import { drafts, hasArrived, restoredText, type Unsure } from '../drafts.ts'

export interface LastInput {
  turnId: string
  text: string
}

/**
 * The text of a composer. It survives errors, reloads and going elsewhere; so does what was on its way when the page or
 * the connection went, until the conversation shows that it has arrived.
 */
export function useDraft(chat: string, last: LastInput | undefined) {
  const [unsure, setUnsure] = useState(() => drafts.readUnsure(chat))
  const [text, setText] = useState(() => restoredText(unsure, drafts.read(chat)))
  const written = useRef(chat)
  const sent = useRef<Unsure>(undefined)

  useEffect(() => {
    // The conversation has got its address: its draft moves along.
    if (written.current !== chat) {
      drafts.write(written.current, '')
      drafts.writeUnsure(written.current, undefined)
    }
    written.current = chat
    drafts.write(chat, text)
  }, [chat, text])

  useEffect(() => {
    if (!unsure) return
    const arrived = hasArrived(unsure, last)
    if (!arrived && text.includes(unsure.text)) return
    // Arrived after all, or made into something else: either way it is settled.
    if (arrived && text === unsure.text) setText('')
    setUnsure(undefined)
    drafts.writeUnsure(written.current, undefined)
  }, [unsure, last, text])

  return {
    text,
    setText,
    sending(message: string) {
      sent.current = { text: message, after: last?.turnId }
      drafts.writeUnsure(chat, sent.current)
      setText('')
    },
    sent() {
      drafts.writeUnsure(written.current, undefined)
    },
    /** Puts a message back, unless the conversation shows that it arrived; says whether it did. */
    returned(message: string, isUnsure: boolean): boolean {
      const mark = isUnsure ? sent.current : undefined
      const arrived = mark !== undefined && hasArrived(mark, last)
      if (!mark || arrived) drafts.writeUnsure(written.current, undefined)
      if (arrived) return false
      setText((typed) => (typed.trim() ? `${message}\n\n${typed}` : message))
      setUnsure(mark)
      return true
    },
  }
}
