import { useEffect, useEffectEvent, useRef } from 'react'
import { isComposing } from './composing.ts'
import { isTyping } from './shortcuts.ts'

/** So soon the second key follows the first. */
const sequencePause = 1000

/** `G B`: one letter after another, whatever else the letters do. */
export function useSequence(first: string, then: Readonly<Record<string, () => void>>): void {
  const armed = useRef(Number.NEGATIVE_INFINITY)
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target) && !isComposing(event)
    const key = event.key.toLowerCase()
    const run = event.timeStamp - armed.current < sequencePause ? then[key] : undefined
    armed.current = isPlain && !run && key === first ? event.timeStamp : Number.NEGATIVE_INFINITY
    if (!isPlain || !run) return
    event.preventDefault()
    event.stopPropagation()
    run()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listener, { capture: true })
    return () => removeEventListener('keydown', listener, { capture: true })
  }, [])
}
