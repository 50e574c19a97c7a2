import type { TeamRunSummary } from '@loomcycle/client'
import { queryOptions } from '@tanstack/react-query'
import { client } from '../../../lib/client.ts'

const most = 200

/** What is on its way through teams, by team; `isAll` is false where there is more of it than that. */
export const onTheWayQuery = queryOptions({
  queryKey: ['team-runs', 'live'],
  queryFn: async ({ signal }) => {
    const { runs, next_cursor } = await client.teamDef({ op: 'list_runs', live: true, limit: most }, { signal })
    const counts = new Map<string, number>()
    for (const { name } of runs) counts.set(name, (counts.get(name) ?? 0) + 1)
    return { counts, isAll: next_cursor === undefined }
  },
  refetchInterval: 30_000,
})

/** The latest runs of a team. */
export const runsOfTeamQuery = (name: string) =>
  queryOptions({
    queryKey: ['team-runs', 'of', name],
    queryFn: async ({ signal }): Promise<readonly TeamRunSummary[]> =>
      (await client.teamDef({ op: 'list_runs', name, limit: 8 }, { signal })).runs,
    refetchInterval: 15_000,
  })
