import { queryOptions } from '@tanstack/react-query'
import { modelsQuery } from '../../components/definitions/queries.ts'
import { everyMs, resolverQuery } from '../../components/models.ts'
import { client } from '../../lib/client.ts'
import { queryClient } from '../../lib/query-client.ts'

/** As they are now: what is asked elsewhere may be a minute old. */
export const liveModelsQuery = queryOptions({ ...modelsQuery, staleTime: 0, refetchInterval: everyMs })

export const routingQuery = queryOptions({
  queryKey: ['models', 'routing'],
  queryFn: ({ signal }) => client.getRouting({ signal }),
  refetchInterval: everyMs,
})

/** Asks every service now. */
export async function probeNow(): Promise<void> {
  queryClient.setQueryData(resolverQuery.queryKey, await client.resolveProbe())
  await queryClient.invalidateQueries({ queryKey: modelsQuery.queryKey })
}
