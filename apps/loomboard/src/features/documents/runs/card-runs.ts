import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState } from 'react'
import { createStore, type Store, useSelected } from '../../../lib/browser/store.ts'
import { queryClient } from '../../../lib/query-client.ts'
import { toLiveRun } from '../../../lib/runs/live-runs.ts'
import { liveRuns, onRunChanges } from '../../../lib/runs/runs.ts'
import { atWork, type CardRun, type RunsByCard, withTold } from '../model/card-runs.ts'
import { cardRunsQuery } from '../queries.ts'

const none: readonly CardRun[] = []

/** The runs at work in the document that is open, by card: each card watches its own. */
export const CardRuns = createContext<Store<RunsByCard>>(createStore<RunsByCard>(new Map()))

/** Follows them for a whole document: one's own are told, those of others are looked for now and then. */
export function useFollowCardRuns(documentId: string): Store<RunsByCard> {
  const [store] = useState(() => createStore<RunsByCard>(new Map()))
  const { data } = useQuery(cardRunsQuery(documentId))
  useEffect(() => {
    const listed = data?.runs.map(toLiveRun) ?? []
    const look = () => store.set(atWork(withTold(listed, liveRuns.state.get().runs), documentId, store.get()))
    look()
    return liveRuns.state.subscribe(look)
  }, [data, documentId, store])
  useEffect(
    () =>
      onRunChanges((changes) => {
        const isHere = changes.some(
          ({ before, after }) => after.card?.documentId === documentId && before?.status !== after.status,
        )
        if (isHere) void queryClient.invalidateQueries({ queryKey: ['card-runs', documentId] })
      }),
    [documentId],
  )
  return store
}

export function useCardRuns(cardId: string): readonly CardRun[] {
  return useSelected(useContext(CardRuns), (runs) => runs.get(cardId) ?? none)
}
