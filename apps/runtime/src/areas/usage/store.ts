import type { UsageDimension, UsageQuery } from '@loomcycle/proto'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { countedTokens, type TokenLimitRow } from '../../engine/usage/store.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Statement } from '../../ground/db/statement.ts'

type Db = Kysely<Schema>

/** Days of UTC, both counted; undefined where everything before or after counts. */
export interface Period {
  from: string | undefined
  to: string | undefined
}

export type UsageFilter = Pick<UsageQuery, 'user_id' | 'agent' | 'session_id' | 'run_id' | 'document_id' | 'chunk_id'> &
  Period & {
    /** Undefined: every tenant's. */
    tenantId: string | undefined
  }

export interface UsageSums extends Partial<Record<UsageDimension, string>> {
  currency: string
  /** Another one where there are several; the same, or none, otherwise. */
  other: string | null
  input_tokens: number
  output_tokens: number
  cache_creation_tokens: number
  cache_read_tokens: number
  calls: number
  unpriced: number
  cost_micros: number
  cost_picos: number
}

const common = {
  provider: sql`u.provider`,
  model: sql`u.model`,
  source: sql`u.source`,
  day: sql`u.day`,
}
const ofDays = { ...common, tenant: sql`u.tenant_id`, user: sql`u.user_id`, agent: sql`u.agent` }
const ofRuns = {
  ...common,
  tenant: sql`r.tenant_id`,
  user: sql`r.user_id`,
  agent: sql`r.agent`,
  session: sql`r.session_id`,
  run: sql`u.run_id`,
}
type Columns = Partial<Record<UsageDimension, RawBuilder<unknown>>>

/** Sums of days where those are enough, otherwise those of runs. */
function sourceOf(
  dimensions: readonly UsageDimension[],
  filter: UsageFilter,
): { columns: Columns; from: RawBuilder<unknown> } {
  const { session_id, run_id, document_id } = filter
  const isOfRuns = dimensions.includes('session') || dimensions.includes('run')
  if (!isOfRuns && session_id === undefined && run_id === undefined && document_id === undefined) {
    return { columns: ofDays, from: sql`usage_days u` }
  }
  // From the few runs that are meant to what they took.
  return { columns: ofRuns, from: sql`runs r cross join usage_runs u on u.run_id = r.id` }
}

function conditions(columns: Columns, filter: UsageFilter): RawBuilder<unknown> {
  const { tenantId, user_id, agent, session_id, run_id, document_id, chunk_id, from, to } = filter
  const all = [sql`true`]
  const is = (column: RawBuilder<unknown>, value: string | undefined) => {
    if (value !== undefined) all.push(sql`${column} = ${value}`)
  }
  is(columns.tenant!, tenantId)
  is(columns.user!, user_id)
  is(columns.agent!, agent)
  is(sql`r.session_id`, session_id)
  is(sql`r.id`, run_id)
  if (document_id !== undefined) {
    // In the words of the index.
    const of = (key: string) =>
      sql`case when json_valid(r.options) then r.options ->> ${sql.lit(`$.parentContext.${key}`)} end`
    all.push(sql`${of('board_document_id')} is not null`)
    is(of('board_document_id'), document_id)
    is(of('board_chunk_id'), chunk_id)
  }
  if (from !== undefined) all.push(sql`u.day >= ${from}`)
  if (to !== undefined) all.push(sql`u.day <= ${to}`)
  return sql.join(all, sql` and `)
}

/** The newest day first, and of a day what took most. */
export async function sumUsage(
  db: Db,
  dimensions: readonly UsageDimension[],
  filter: UsageFilter,
  { limit, byCurrency }: { limit: number; byCurrency: boolean },
): Promise<UsageSums[]> {
  const { columns, from } = sourceOf(dimensions, filter)
  const named = dimensions.map((dimension) => sql`${columns[dimension]!} as ${sql.ref(dimension)},`)
  const groups = [...dimensions.map((dimension) => columns[dimension]!), ...(byCurrency ? [sql`u.currency`] : [])]
  const order = [
    ...(dimensions.includes('day') ? [sql`u.day desc`] : []),
    sql`sum(u.input_tokens + u.output_tokens + u.cache_creation_tokens) desc`,
    ...groups,
  ]
  const { rows } = await sql<UsageSums>`
    select ${sql.join(named, sql` `)} max(u.currency) as currency, min(nullif(u.currency, '')) as other,
      sum(u.input_tokens) as input_tokens, sum(u.output_tokens) as output_tokens,
      sum(u.cache_creation_tokens) as cache_creation_tokens, sum(u.cache_read_tokens) as cache_read_tokens,
      sum(u.calls) as calls, sum(case when u.currency = '' then u.calls else 0 end) as unpriced,
      sum(u.cost_micros) as cost_micros, sum(u.cost_picos) as cost_picos
    from ${from} where ${conditions(columns, filter)}
    ${groups.length > 0 ? sql`group by ${sql.join(groups)}` : sql`having count(*) > 0`}
    order by ${sql.join(order)} limit ${limit}`.execute(db)
  return rows
}

export interface LimitWithUse extends TokenLimitRow {
  used: number
}

/** With what is used since a day. */
export async function listLimitsWithUse(db: Db, tenantId: string | undefined, day: string): Promise<LimitWithUse[]> {
  const of = tenantId === undefined ? sql`` : sql`where l.tenant_id = ${tenantId}`
  const { rows } = await sql<LimitWithUse>`
    with used as materialized (
      select u.tenant_id, u.user_id, sum(${countedTokens}) as tokens from usage_days u
      where u.day >= ${day} ${tenantId === undefined ? sql`` : sql`and u.tenant_id = ${tenantId}`} group by 1, 2)
    select l.*, coalesce(case l.scope
        when 'user' then (select tokens from used where used.tenant_id = l.tenant_id and used.user_id = l.scope_id)
        when 'tenant' then (select sum(tokens) from used where used.tenant_id = l.tenant_id)
        else (select sum(tokens) from used) end, 0) as used
    from token_limits l ${of}
    order by case l.scope when 'operator' then 0 when 'tenant' then 1 else 2 end, l.tenant_id, l.scope_id`.execute(db)
  return rows
}

export function putLimit(row: TokenLimitRow): Statement {
  const { scope, tenant_id, scope_id, soft_limit, hard_limit, updated_at, updated_by } = row
  return {
    sql: `insert into token_limits (scope, tenant_id, scope_id, soft_limit, hard_limit, updated_at, updated_by)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict (scope, tenant_id, scope_id) do update set soft_limit = excluded.soft_limit,
        hard_limit = excluded.hard_limit, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    parameters: [scope, tenant_id, scope_id, soft_limit, hard_limit, updated_at, updated_by],
  }
}

export function removeLimit({ scope, tenant_id, scope_id }: LimitKey): Statement {
  return {
    sql: 'delete from token_limits where scope = ? and tenant_id = ? and scope_id = ?',
    parameters: [scope, tenant_id, scope_id],
  }
}

export type LimitKey = Pick<TokenLimitRow, 'scope' | 'tenant_id' | 'scope_id'>
