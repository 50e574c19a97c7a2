import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { drafts, hasArrived, restoredText, type Unsure, writtenOf } from '../../drafts.ts'

export interface LastInput {
  turnId: string
  text: string
}

/**
 * The text of a composer. It survives errors, reloads and going elsewhere; so does what was on its way when the page or
 * the connection went, until the conversation shows that it has arrived.
 */
export function useDraft(chat: string, last: LastInput | undefined, onArrived: () => void) {
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

  const clear = useEffectEvent(onArrived)
  useEffect(() => {
    if (!unsure) return
    const arrived = hasArrived(unsure, last)
    const its = writtenOf(unsure)
    if (!arrived && text.includes(its)) return
    // Arrived after all, or made into something else: either way it is settled.
    if (arrived && text === its) {
      setText('')
      clear()
    }
    setUnsure(undefined)
    drafts.writeUnsure(written.current, undefined)
  }, [unsure, last, text])

  return {
    text,
    setText,
    /** `written` is what its author wrote, the message may say more. */
    sending(message: string, written: string) {
      sent.current = { text: message, after: last?.turnId, ...(written === message ? {} : { written }) }
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
