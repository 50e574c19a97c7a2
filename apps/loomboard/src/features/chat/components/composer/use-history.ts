import { type KeyboardEvent, useRef } from 'react'

/** ↑ and ↓ through what one has sent, from an empty field or from an entry nobody has changed. */
export function useHistory(
  read: () => readonly string[],
  text: string,
  setText: (text: string) => void,
): (event: KeyboardEvent<HTMLTextAreaElement>) => boolean {
  const at = useRef<number>(undefined)
  return (event) => {
    if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || event.altKey || event.shiftKey) return false
    const sent = read()
    const untouched = at.current !== undefined && sent[at.current] === text
    if (!untouched) at.current = undefined
    if (text !== '' && !untouched) return false
    const from = at.current ?? sent.length
    const next = event.key === 'ArrowUp' ? from - 1 : from + 1
    if (next < 0 || from === sent.length + (event.key === 'ArrowDown' ? 0 : 1)) return false
    event.preventDefault()
    at.current = next < sent.length ? next : undefined
    setText(sent[next] ?? '')
    return true
  }
}
