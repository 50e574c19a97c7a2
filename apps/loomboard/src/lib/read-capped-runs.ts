import type { CappedRun } from './capped-runs.ts'
import { client } from './client.ts'

const most = 50

/** What teams ask of this person, the newest first. */
export async function readCappedRuns(signal: AbortSignal): Promise<CappedRun[]> {
  const { runs } = await client.teamDef({ op: 'list_runs', capped: true, limit: most }, { signal })
  const ids = runs.flatMap(({ board_chunk_id }) => board_chunk_id ?? [])
  const cards = ids.length === 0 ? [] : ((await client.document({ op: 'query_chunks', ids }, { signal })).chunks ?? [])
  const titles = new Map(cards.map(({ id, title }) => [id, title]))
  return runs.map(({ team_run_id, name, state, iteration_count = 0, board_document_id, board_chunk_id: id }) => ({
    ...{ teamRunId: team_run_id, team: name, state, steps: iteration_count },
    ...(id && board_document_id
      ? { card: { documentId: board_document_id, id, title: titles.get(id) || 'Untitled' } }
      : {}),
  }))
}
