import { isComposing } from './composing.ts'

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey' | 'isComposing' | 'keyCode'>

/** Whether Enter sends: a keyboard on the screen has no Shift+Enter, so there it makes a line. */
function sendsByEnter(): boolean {
  return !matchMedia('(pointer: coarse)').matches
}

/** Whether a key sends what a field holds. With Control or Command, Enter does everywhere. */
export function isSendKey(event: Key): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.altKey || isComposing(event)) return false
  return event.ctrlKey || event.metaKey || sendsByEnter()
}

/** What the Enter key of a keyboard on the screen says. */
export function enterKeyHint(): 'enter' | 'send' {
  return sendsByEnter() ? 'send' : 'enter'
}
