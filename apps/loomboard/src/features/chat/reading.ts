import { createStore } from '../../lib/store.ts'
import { stored } from '../../lib/stored.ts'

const key = 'loomboard.outline'

/** Whether the outline stands beside the conversation; remembered. */
export const outlineOpen = createStore(stored.read(key) === '1')

export function toggleOutline(): void {
  const next = !outlineOpen.get()
  stored.write(key, next ? '1' : null)
  outlineOpen.set(next)
}

/** What somebody looks for in the conversation; nothing while nobody does. */
export const findQuery = createStore<string | undefined>(undefined)
