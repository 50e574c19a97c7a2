import { useLayoutEffect } from 'react'
import type { Store } from '../../../lib/browser/store.ts'
import { selectionOf } from './use-selection.ts'

/** A view that has what is selected among its own state shares it with the others, both ways. */
export function useSharedSelection<Hand extends { selected: ReadonlySet<string> }>(
  hand: Store<Hand>,
  documentId: string,
): void {
  useLayoutEffect(() => {
    const shared = selectionOf(documentId)
    const take = () => {
      const { ids } = shared.get()
      if (ids !== hand.get().selected) hand.set({ ...hand.get(), selected: ids })
    }
    const give = () => {
      const { selected } = hand.get()
      if (selected !== shared.get().ids) shared.set({ ids: selected })
    }
    take()
    const stops = [shared.subscribe(take), hand.subscribe(give)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [hand, documentId])
}
