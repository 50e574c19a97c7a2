import { createContext, useContext, useEffect, useState } from 'react'
import { createStore, type Store, useSelected } from '../../../lib/browser/store.ts'
import { liveRuns } from '../../../lib/runs/runs.ts'
import { atWork, type CardRun, type RunsByCard } from '../model/card-runs.ts'

const none: readonly CardRun[] = []

/** The runs at work in the document that is open, by card: each card watches its own. */
export const CardRuns = createContext<Store<RunsByCard>>(createStore<RunsByCard>(new Map()))

/** Follows them for a whole document. */
export function useFollowCardRuns(documentId: string): Store<RunsByCard> {
  const [store] = useState(() => createStore<RunsByCard>(new Map()))
  useEffect(() => {
    const look = () => store.set(atWork(liveRuns.state.get().runs.values(), documentId, store.get()))
    look()
    return liveRuns.state.subscribe(look)
  }, [documentId, store])
  return store
}

export function useCardRuns(cardId: string): readonly CardRun[] {
  return useSelected(useContext(CardRuns), (runs) => runs.get(cardId) ?? none)
}
