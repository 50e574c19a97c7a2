import { createStore } from '../../../lib/browser/store.ts'

/** The card that an agent is to be asked about, while somebody writes what. */
export const asking = createStore<string | undefined>(undefined)

export function askAbout(cardId: string): void {
  asking.set(cardId)
}
