import type { SetTokenLimitRequest, TokenLimit, UsageDimension } from '@loomcycle/client'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from '../../lib/client.ts'
import { queryClient } from '../../lib/query-client.ts'
import type { Split } from './model/report.ts'

const everyMs = 30_000
const mostRows = 10_000

const dimensions: Record<Split, UsageDimension[]> = {
  kind: ['day'],
  model: ['day', 'provider', 'model'],
  agent: ['day', 'agent'],
  person: ['day', 'user'],
}

/** Told with what was asked for: while the next answer is awaited, the last one is shown as what it is. */
export const usageQuery = (split: Split, days: readonly string[]) => {
  const [from, to] = [days[0]!, days.at(-1)!]
  return queryOptions({
    queryKey: ['usage', split, from, to],
    queryFn: async ({ signal }) => {
      const asked = { groupBy: dimensions[split], from, to, limit: mostRows }
      const { rows, truncated } = await client.usageReport({ ...asked, signal })
      return { split, days, rows, isCut: truncated === true }
    },
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  })
}

export const limitsQuery = queryOptions({
  queryKey: ['limits'],
  queryFn: ({ signal }) => client.listLimits({ signal }).then(({ limits }) => limits),
  refetchInterval: everyMs,
})

export async function saveLimit(limit: SetTokenLimitRequest): Promise<void> {
  await client.setLimit(limit)
  await queryClient.invalidateQueries({ queryKey: limitsQuery.queryKey })
}

export async function removeLimit({ scope, scope_id, tenant_id }: TokenLimit): Promise<void> {
  await client.deleteLimit(scope, {
    ...(scope_id !== undefined && { scopeId: scope_id }),
    ...(tenant_id && { tenant: tenant_id }),
  })
  await queryClient.invalidateQueries({ queryKey: limitsQuery.queryKey })
}
