import { SubstrateToolRefusedError, type TeamRunSummary } from '@loomcycle/client'
import { queryOptions } from '@tanstack/react-query'
import { refreshCappedRuns } from '../../../lib/capped-runs.ts'
import { client } from '../../../lib/client.ts'
import { queryClient } from '../../../lib/query-client.ts'
import type { Team } from './team-words.ts'

/** The version of a team that is in use; null where none is. */
export const teamInUseQuery = (name: string) =>
  queryOptions({
    queryKey: ['team', name],
    queryFn: async ({ signal }): Promise<(Team & { defId: string; version: number }) | null> => {
      const { current_def_id: id } = await client.teamDef({ op: 'verify', name }, { signal })
      if (id === '') return null
      const { definition, version } = await client.teamDef({ op: 'get', def_id: id }, { signal })
      return { name, graph: definition, defId: id, version }
    },
  })

/** A version of a team, which never changes. */
export const teamVersionQuery = (defId: string) =>
  queryOptions({
    queryKey: ['team-version', defId],
    queryFn: ({ signal }) => client.teamDef({ op: 'get', def_id: defId }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Nobody tells of steps that move no card. */
const lookEvery = 15_000

/** The cards of a document that are on their way through a team. */
export const liveTeamRunsQuery = (documentId: string) =>
  queryOptions({
    queryKey: ['team-runs', documentId],
    queryFn: async ({ signal }): Promise<readonly TeamRunSummary[]> => {
      const of = { board_document_id: documentId, live: true, limit: 200 }
      return (await client.teamDef({ op: 'list_runs', ...of }, { signal })).runs
    },
    refetchInterval: lookEvery,
  })

/** The latest run of a card, with its steps. */
export const teamRunOfCardQuery = (documentId: string, cardId: string) =>
  queryOptions({
    queryKey: ['team-runs', documentId, cardId],
    queryFn: async ({ signal }) => {
      const of = { board_document_id: documentId, board_chunk_id: cardId, limit: 1 }
      const [latest] = (await client.teamDef({ op: 'list_runs', ...of }, { signal })).runs
      return latest ? client.teamDef({ op: 'get_run', team_run_id: latest.team_run_id }, { signal }) : null
    },
    refetchInterval: ({ state }) => (state.data && state.data.ended_at === undefined ? 3_000 : false),
  })

export const teamNamesQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async ({ signal }) => (await client.listTeams({ signal, limit: 1000 })).names ?? [],
})

/** Something has become of the runs of a document’s cards. */
export function rereadTeamRuns(documentId: string): void {
  void queryClient.invalidateQueries({ queryKey: ['team-runs', documentId] })
  refreshCappedRuns()
}

/** What a refusal says, without the name of the op. */
export function refusalOf(error: unknown): string | undefined {
  return error instanceof SubstrateToolRefusedError ? error.message.replace(/^[\w ]+: /, '') : undefined
}
