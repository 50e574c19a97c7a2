import type { Usage } from '@loomcycle/proto'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../../ground/db/database.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { TokenLimitsTable } from '../../ground/db/schema/usage.ts'
import type { Statement } from '../../ground/db/statement.ts'
import type { Cost } from './cost.ts'

/** A model call, as it is added to the sums of its day and its run. */
export interface BookedCall {
  day: string
  provider: string
  model: string
  source: string
  usage: Usage
  /** Undefined where it had no price. */
  cost: Cost | undefined
}

const sums = [
  ...['input_tokens', 'output_tokens', 'cache_creation_tokens', 'cache_read_tokens'],
  ...['calls', 'cost_micros', 'cost_picos'],
]
const into = `day, provider, model, source, currency, ${sums.join(', ')}`
const marks = '?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?'
const addedTo = (table: string, key: string) =>
  `on conflict (${key}) do update set ${sums.map((sum) => `${sum} = ${table}.${sum} + excluded.${sum}`).join(', ')}`

function valuesOf({ day, provider, model, source, usage, cost }: BookedCall): unknown[] {
  const { input_tokens, output_tokens, cache_creation_input_tokens = 0, cache_read_input_tokens = 0 } = usage
  return [
    ...[day, provider, model, source, cost?.currency ?? ''],
    ...[input_tokens, output_tokens, cache_creation_input_tokens, cache_read_input_tokens],
    ...[cost?.micros ?? 0, cost?.picos ?? 0],
  ]
}

const addToDaySql = `insert into usage_days (tenant_id, user_id, agent, ${into}) values (?, ?, ?, ${marks})
  ${addedTo('usage_days', 'tenant_id, user_id, day, agent, provider, model, source, currency')}`

export function addToDay(of: { tenantId: string; userId: string; agent: string }, call: BookedCall): Statement {
  return { sql: addToDaySql, parameters: [of.tenantId, of.userId, of.agent, ...valuesOf(call)] }
}

const addToRunSql = `insert into usage_runs (run_id, ${into}) select id, ${marks} from runs where id = ?
  ${addedTo('usage_runs', 'run_id, day, provider, model, source, currency')}`

/** Of a run that is stored. */
export function addToRun(runId: string, call: BookedCall): Statement {
  return { sql: addToRunSql, parameters: [...valuesOf(call), runId] }
}

/** Whose tokens: everybody's, of a tenant, or of a user. */
export interface UsedBy {
  tenantId?: string
  userId?: string
}

/** Tokens that count since a day. */
export async function usedSince(db: Kysely<Schema>, day: string, { tenantId, userId }: UsedBy): Promise<number> {
  // The days of a user are few; those of a tenant are found by their dates, since it has had many more of them.
  const ofUser = userId === undefined ? sql`` : sql`and tenant_id = ${tenantId} and user_id = ${userId}`
  const ofTenant = tenantId === undefined || userId !== undefined ? sql`` : sql`and +tenant_id = ${tenantId}`
  const { rows } = await sql<{ tokens: number | null }>`
    select sum(${countedTokens}) as tokens from usage_days where day >= ${day} ${ofTenant} ${ofUser}`.execute(db)
  return rows[0]?.tokens ?? 0
}

/** Of a row of sums, as `newTokens` adds those of a call up. */
export const countedTokens = sql<number>`input_tokens + output_tokens + cache_creation_tokens`

export type TokenLimitRow = Selectable<TokenLimitsTable>

export async function listTokenLimits(db: Database): Promise<TokenLimitRow[]> {
  return db.all('select * from token_limits order by scope, tenant_id, scope_id', [])
}
