import { useEffect, useEffectEvent } from 'react'
import { isComposing } from './composing.ts'

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

/** `Mod+K`, `Alt+ArrowUp`, `?`: Mod is Command on a Mac and Control elsewhere. */
function matchesShortcut(event: KeyboardEvent, combo: string): boolean {
  const parts = combo.split('+')
  const key = parts.pop() ?? ''
  const mod = isMac ? event.metaKey : event.ctrlKey
  if (parts.includes('Mod') !== mod || parts.includes('Alt') !== event.altKey) return false
  if (parts.includes('Shift') && !event.shiftKey) return false
  // With Option a Mac types other letters.
  if (parts.includes('Alt') && /^[a-z]$/i.test(key)) return event.code === `Key${key.toUpperCase()}`
  return event.key.toLowerCase() === key.toLowerCase()
}

/** Whether what is pressed there is written. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

/** Single keys stay letters while somebody types; combinations work everywhere, but for those that fields have too. */
export function useShortcut(
  combo: string,
  run: (event: KeyboardEvent) => void,
  { inFields = combo.includes('+'), active = true } = {},
): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!active || event.defaultPrevented || isComposing(event) || !matchesShortcut(event, combo)) return
    if (!inFields && isTyping(event.target)) return
    event.preventDefault()
    run(event)
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
}

const names: Record<string, string> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Alt: isMac ? '⌥' : 'Alt',
  Shift: isMac ? '⇧' : 'Shift',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
}

export function shortcutKeys(combo: string): string[] {
  return combo.split(/[+ ]/).map((key) => names[key] ?? key)
}
