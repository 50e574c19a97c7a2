import { queryOptions } from '@tanstack/react-query'
import { client } from '../lib/client.ts'

/** Services are asked by the runtime, which remembers for a few seconds what they said. */
export const everyMs = 3_000

/** How model services are doing; for operators only. */
export const resolverQuery = queryOptions({
  queryKey: ['models', 'services'],
  queryFn: ({ signal }) => client.getResolver({ signal }),
  refetchInterval: everyMs,
})
