import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useStore } from '../../../../lib/browser/store.ts'
import type { Row } from '../../model/rows/rows.ts'
import { findMatches, type Match } from '../../model/rows/search.ts'
import { findQuery } from '../../reading.ts'

export interface Find {
  query: string
  matches: readonly Match[]
  /** Place of the current match, from 0; -1 without one. */
  at: number
  current: Match | undefined
  step: (by: 1 | -1) => void
}

/** The search in progress. Earlier pages join in as they are loaded, and the match that is looked at stays the same. */
export function useFind(settled: readonly Row[], live: readonly Row[], goTo: (match: Match) => void): Find | undefined {
  const query = useStore(findQuery)
  const wanted = useDeferredValue(query ?? '')
  const [current, setCurrent] = useState<Match>()
  const inSettled = useMemo(() => findMatches(settled, wanted), [settled, wanted])
  const inLive = useMemo(() => findMatches(live, wanted), [live, wanted])
  const matches = useMemo(() => [...inSettled, ...inLive], [inSettled, inLive])
  const at = matches.findIndex((match) => match.rowId === current?.rowId && match.nth === current.nth)

  // What was said last is what somebody most likely looks for.
  const last = matches.at(-1)
  useEffect(() => {
    if (wanted === '') setCurrent(undefined)
    else if (at < 0 && last) {
      setCurrent(last)
      goTo(last)
    }
  }, [wanted, at, last, goTo])

  if (query === undefined) return undefined
  return {
    query,
    matches,
    at,
    current: at < 0 ? undefined : current,
    step(by) {
      const next = matches[(at + by + matches.length) % matches.length]
      if (!next) return
      setCurrent(next)
      goTo(next)
    },
  }
}
