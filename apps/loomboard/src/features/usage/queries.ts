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

export const usageQuery = (split: Split, { from, to }: { from: string; to: string }) =>
  queryOptions({
    queryKey: ['usage', split, from, to],
    queryFn: ({ signal }) => client.usageReport({ groupBy: dimensions[split], from, to, limit: mostRows, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  })

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
