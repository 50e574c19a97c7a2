import { createStore } from '../../../lib/browser/store.ts'
import { commentDrafts } from '../writing/comment-drafts.ts'

export interface Asking {
  cardId: string
  /** It is to write the document: those who cannot are not offered. */
  isPlan?: true
}

/** What an agent is to be asked about, while somebody writes what. */
export const asking = createStore<Asking | undefined>(undefined)

export function askAbout(cardId: string): void {
  asking.set({ cardId })
}

/** Where what is asked about a card is kept while it is written. */
export const askField = (cardId: string) => `ask.${cardId}`

const plan = 'Plan what is to be done here, each step as a card with the status todo: '

/** Asks for the cards of a document. */
export function askForPlan(rootId: string): void {
  const field = askField(rootId)
  if (commentDrafts.read(field).trim() === '') commentDrafts.write(field, plan)
  asking.set({ cardId: rootId, isPlan: true })
}
