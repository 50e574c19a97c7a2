import type { UsageAggregate, UsageReportOptions } from '@loomcycle/client'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from '../client.ts'
import { costsInWords } from '../cost.ts'
import { whoamiQuery } from '../queries.ts'
import { queryClient } from '../query-client.ts'
import { runsTenant } from '../rights.ts'

type Of = Pick<UsageReportOptions, 'sessionId' | 'documentId' | 'chunkId'>

/**
 * What that cost, in words; empty where nothing had a price, and for whoever may not be told. `asOf` is different when more
 * was taken.
 */
export const costQuery = (of: Of, asOf: unknown) =>
  queryOptions({
    queryKey: ['cost', of, asOf],
    queryFn: async ({ signal }) => {
      if (!runsTenant(await queryClient.ensureQueryData(whoamiQuery))) return ''
      const { rows } = await client.usageReport({ ...of, signal })
      return inWords(rows)
    },
    placeholderData: keepPreviousData,
    retry: false,
  })

function inWords(rows: readonly UsageAggregate[]): string {
  const costs = new Map(rows.flatMap(({ currency, cost }) => (currency ? [[currency, cost] as const] : [])))
  if (costs.size === 0) return ''
  const isAll = rows.every(({ unpriced_calls }) => unpriced_calls === 0)
  return `${isAll ? '' : 'at least '}${costsInWords(costs)}`
}
