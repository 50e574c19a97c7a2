import {
  RuntimeError,
  type UsageAggregate,
  type UsageDimension,
  type UsageQuery,
  type UsageReport,
  usageDimensions,
} from '@loomcycle/proto'
import { toAmount } from '../../engine/usage/cost.ts'
import type { Database } from '../../ground/db/database.ts'
import { isAdmin } from '../../ground/identity/principal.ts'
import type { Caller } from '../../tools/caller.ts'
import { periodOf } from './period.ts'
import { hasCurrencies, sumUsage, type UsageSums } from './store.ts'

const usualLimit = 1000

/** What model calls took: of the caller's tenant, or, for an admin, of the one that is named or of all. */
export async function usageReport(db: Database, caller: Caller, query: UsageQuery): Promise<UsageReport> {
  const dimensions = dimensionsOf(query.group_by)
  const { tenant, limit = usualLimit, group_by: _, from: __, to: ___, ...narrowed } = query
  if (narrowed.chunk_id !== undefined && narrowed.document_id === undefined) {
    throw new RuntimeError('invalid_request', 'chunk_id needs the document_id that the card is in')
  }
  const period = periodOf(query)
  const filter = { ...narrowed, ...period, tenantId: isAdmin(caller.principal) ? tenant : caller.principal.tenantId }
  const aside = db.aside(caller)
  const byCurrency = await hasCurrencies(aside, dimensions, filter)
  const rows = await sumUsage(aside, dimensions, filter, { limit: limit + 1, byCurrency })
  return {
    group_by: dimensions,
    ...(period.from === undefined ? {} : { from: period.from }),
    ...(period.to === undefined ? {} : { to: period.to }),
    rows: rows.slice(0, limit).map((row) => toAggregate(row, dimensions)),
    ...(rows.length > limit ? { truncated: true } : {}),
  }
}

function dimensionsOf(groupBy = ''): UsageDimension[] {
  const names = groupBy
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const unknown = names.find((name) => !(usageDimensions as readonly string[]).includes(name))
  if (unknown !== undefined) {
    throw new RuntimeError(
      'invalid_request',
      `group_by has ${JSON.stringify(unknown)}; it is any of ${usageDimensions.join(', ')}, with commas in between`,
    )
  }
  return [...new Set(names as UsageDimension[])]
}

const members = {
  ...{ tenant: 'tenant_id', user: 'user_id', provider: 'provider', model: 'model', source: 'credential_source' },
  ...{ day: 'day', agent: 'agent', session: 'session_id', run: 'run_id' },
} as const satisfies Record<UsageDimension, keyof UsageAggregate>

function toAggregate(row: UsageSums, dimensions: readonly UsageDimension[]): UsageAggregate {
  const { input_tokens, output_tokens, cache_creation_tokens, cache_read_tokens, calls, unpriced, currency } = row
  return {
    ...Object.fromEntries(dimensions.map((dimension) => [members[dimension], row[dimension]])),
    ...{ input_tokens, output_tokens, cache_creation_tokens, cache_read_tokens },
    cost: toAmount({ micros: row.cost_micros, picos: row.cost_picos }),
    ...(currency === '' ? {} : { currency }),
    call_count: calls,
    unpriced_calls: unpriced,
  }
}
