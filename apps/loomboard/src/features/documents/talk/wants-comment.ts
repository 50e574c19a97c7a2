import { createStore } from '../../../lib/browser/store.ts'

/** The card that somebody wants to say something about: whoever opens it for that begins in its field. */
export const wantsComment = createStore<string | undefined>(undefined)
