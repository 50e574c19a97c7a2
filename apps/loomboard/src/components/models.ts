import type { wire } from '@loomcycle/client'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { client } from '../lib/client.ts'
import { whoamiQuery } from '../lib/queries.ts'

/** Services are asked by the runtime, which remembers for a few seconds what they said. */
export const everyMs = 3_000

/** How model services are doing, for operators; nobody else is told. */
export function useResolver(): wire.ResolverMatrix | undefined {
  const { data: me } = useQuery(whoamiQuery)
  return useQuery({ ...resolverQuery, enabled: me?.is_admin === true }).data
}

export const resolverQuery = queryOptions({
  queryKey: ['models', 'services'],
  queryFn: ({ signal }) => client.getResolver({ signal }),
  refetchInterval: everyMs,
})
