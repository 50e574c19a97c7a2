import { useEffect, useRef } from 'react'
import { focusQuestion } from './focus-question.ts'

/** The question whose control has the focus, or had it until it went away. Rows are drawn anew when a turn is over. */
let held: string | undefined

/**
 * The control that was used goes away with its question. Who used it goes on to the next question, or else to writing;
 * where writing would open a keyboard over the page, they stay with what they answered.
 */
export function useNextFocus(id: string, isPending: boolean) {
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = card.current
    if (!element || !isPending) return
    const off = new AbortController()
    const { signal } = off
    const hold = () => {
      held = id
    }
    const leave = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget) held = undefined
    }
    element.addEventListener('focusin', hold, { signal })
    element.addEventListener('focusout', leave, { signal })
    return () => off.abort()
  }, [id, isPending])
  useEffect(() => {
    if (isPending || held !== id) return
    held = undefined
    if (document.activeElement !== document.body || focusQuestion()) return
    const writing = document.querySelector<HTMLElement>('main textarea[aria-label="Message"]')
    const opensKeyboard = matchMedia('(pointer: coarse)').matches
    ;(opensKeyboard ? card.current : (writing ?? card.current))?.focus()
  }, [id, isPending])
  return card
}
