import type { wire } from '@loomcycle/client'
import { createContext, useContext, useEffect, useMemo } from 'react'
import { ownTab } from '../../../lib/browser/own-tab.ts'
import { createStore, type Store, useStore } from '../../../lib/browser/store.ts'
import { client } from '../../../lib/client.ts'
import { useWatched } from '../../../lib/use-watched.ts'

type People = wire.DocumentPresence['people']

/** Who has the document open, in all windows. */
export const Present = createContext<Store<People>>(createStore<People>([]))

/** What is said holds for half a minute. */
const beatEvery = 10_000

/** Says that this window has the document open, and which card of it, while somebody looks. */
export function useBeat(documentId: string, cardId: string | undefined): void {
  const watched = useWatched()
  useEffect(() => {
    if (!watched) return
    const of = { document_id: documentId, client_id: ownTab() }
    // It is a courtesy; the page says itself when the runtime is away.
    const say = () => void client.documentPresence({ ...of, ...(cardId ? { chunk_id: cardId } : {}) }).catch(() => {})
    say()
    const timer = setInterval(say, beatEvery)
    return () => clearInterval(timer)
  }, [documentId, cardId, watched])
  useEffect(() => {
    const leave = () =>
      void client.documentPresence({ document_id: documentId, client_id: ownTab(), gone: true }).catch(() => {})
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [documentId])
}

/** Who else has a card open; oneself in another window as well. */
export function useOthersAt(cardId: string): readonly string[] {
  const people = useStore(useContext(Present))
  return useMemo(() => othersAt(people, cardId, ownTab()), [people, cardId])
}

function othersAt(people: People, cardId: string, own: string): string[] {
  const there = people.filter(({ chunk_id, client_id }) => chunk_id === cardId && client_id !== own)
  return [...new Set(there.map(({ user_id }) => user_id))]
}
