import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'
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

const most = 50
/** Nobody tells of it. */
const lookEvery = 30_000

export const cappedRunsQuery = queryOptions({
  queryKey: ['capped-runs'],
  queryFn: async ({ signal }): Promise<CappedRun[]> => {
    const { runs } = await client.teamDef({ op: 'list_runs', capped: true, limit: most }, { signal })
    const ids = runs.flatMap(({ board_chunk_id }) => board_chunk_id ?? [])
    const cards =
      ids.length === 0 ? [] : ((await client.document({ op: 'query_chunks', ids }, { signal })).chunks ?? [])
    const titles = new Map(cards.map(({ id, title }) => [id, title]))
    return runs.map(({ team_run_id, name, state, iteration_count = 0, board_document_id, board_chunk_id: id }) => ({
      ...{ teamRunId: team_run_id, team: name, state, steps: iteration_count },
      ...(id && board_document_id
        ? { card: { documentId: board_document_id, id, title: titles.get(id) || 'Untitled' } }
        : {}),
    }))
  },
  refetchInterval: lookEvery,
})

export function refreshCappedRuns(): void {
  void queryClient.invalidateQueries({ queryKey: cappedRunsQuery.queryKey })
}
