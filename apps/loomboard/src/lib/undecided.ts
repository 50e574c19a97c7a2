import { createStore, type Store } from './browser/store.ts'

/** Something that somebody has written in a document, and that is not saved before they decide about it. */
export interface Undecided {
  documentId: string
  chunkId: string
}

export const undecided: Store<readonly Undecided[]> = createStore<readonly Undecided[]>([])
