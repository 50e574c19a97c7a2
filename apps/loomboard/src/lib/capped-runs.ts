import { queryOptions } from '@tanstack/react-query'
import { queryClient } from './query-client.ts'

/** A run of a team whose steps are used up: it waits until this person lets it go on, or stops it. */
export interface CappedRun {
  teamRunId: string
  team: string
  state: string
  steps: number
  /** What it takes through its team; a task has none. */
  card?: { documentId: string; id: string; title: string }
}

/** Nobody tells of it. */
const lookEvery = 30_000

export const cappedRunsQuery = queryOptions({
  queryKey: ['capped-runs'],
  queryFn: ({ signal }) => import('./read-capped-runs.ts').then(({ readCappedRuns }) => readCappedRuns(signal)),
  refetchInterval: lookEvery,
})

export function refreshCappedRuns(): void {
  void queryClient.invalidateQueries({ queryKey: cappedRunsQuery.queryKey })
}
