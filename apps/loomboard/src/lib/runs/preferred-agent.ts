import { createStore } from '../browser/store.ts'
import { stored } from '../browser/stored.ts'

const key = 'loomboard.agent'

/** The agent that new chats are with in this browser; the runtime's own default while nobody has chosen. */
export const preferredAgent = createStore(stored.read(key) ?? '')

export function preferAgent(name: string): void {
  stored.write(key, name || null)
  preferredAgent.set(name)
}
