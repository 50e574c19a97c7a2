import { useEffect } from 'react'
import { createStore, type Store, useStore } from '../../../lib/browser/store.ts'
import { nothing, type Selection, within } from './selection.ts'

const selections = new Map<string, Store<Selection>>()

/** What is selected of a document, whichever view of it one looks at. */
export function selectionOf(documentId: string): Store<Selection> {
  const known = selections.get(documentId)
  if (known) return known
  const store = createStore(nothing)
  selections.set(documentId, store)
  return store
}

/** The same for a component; `isThere` says what can be selected at all. */
export function useSelection(documentId: string, chunks: ReadonlyMap<string, unknown>) {
  const store = selectionOf(documentId)
  const selection = useStore(store)
  useEffect(() => store.set(within(store.get(), (id) => chunks.has(id))), [store, chunks])
  return { selection, select: (how: (now: Selection) => Selection) => store.set(how(store.get())) }
}
