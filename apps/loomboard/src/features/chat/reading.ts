import { createStore } from '../../lib/browser/store.ts'
import { stored } from '../../lib/browser/stored.ts'

const key = 'loomboard.outline'

/** Where the outline has room beside the conversation; elsewhere it lies over it. */
export const outlineHasRoom = '(min-width: 1100px)'
const hasRoom = () => matchMedia(outlineHasRoom).matches

/** Whether the outline is open; remembered where it covers nothing. */
export const outlineOpen = createStore(hasRoom() && stored.read(key) === '1')

export function toggleOutline(): void {
  const next = !outlineOpen.get()
  if (hasRoom()) stored.write(key, next ? '1' : null)
  outlineOpen.set(next)
}

/** What somebody looks for in the conversation; nothing while nobody does. */
export const findQuery = createStore<string | undefined>(undefined)
