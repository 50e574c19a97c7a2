import { identPattern, RuntimeError, type SetTokenLimitBody, type TokenLimit } from '@loomcycle/proto'
import { monthOf, nextMonth } from '../../engine/usage/month.ts'
import { type UsedBy, usedSince } from '../../engine/usage/store.ts'
import type { TokenLimits } from '../../engine/usage/token-limits.ts'
import type { Clock } from '../../ground/clock.ts'
import type { Database } from '../../ground/db/database.ts'
import { isAdmin } from '../../ground/identity/principal.ts'
import type { Caller } from '../../tools/caller.ts'
import { type LimitKey, type LimitWithUse, listLimitsWithUse, putLimit, removeLimit } from './store.ts'

export interface LimitContext {
  db: Database
  clock: Clock
  tokenLimits: TokenLimits
}

/** Those of the caller's tenant; for an admin of the one that is named, or all there are. */
export async function listLimits(ctx: LimitContext, caller: Caller, tenant: string | undefined): Promise<TokenLimit[]> {
  const { principal } = caller
  const now = ctx.clock.now()
  const tenantId = isAdmin(principal) ? tenant : principal.tenantId
  const rows = await listLimitsWithUse(ctx.db.aside(caller), tenantId, monthOf(now))
  return rows.map((row) => toWire(row, now))
}

export async function setLimit(ctx: LimitContext, caller: Caller, body: SetTokenLimitBody): Promise<TokenLimit> {
  const { soft_limit = null, hard_limit = null } = body
  const key = keyOf(caller, body)
  if (soft_limit !== null && hard_limit !== null && soft_limit > hard_limit) {
    throw new RuntimeError('invalid_request', 'soft_limit is above hard_limit, so nobody would ever be told')
  }
  const now = ctx.clock.now()
  const row = { ...key, soft_limit, hard_limit, updated_at: now, updated_by: caller.principal.subject }
  const isNone = soft_limit === null && hard_limit === null
  await ctx.db.write([isNone ? removeLimit(key) : putLimit(row)])
  await ctx.tokenLimits.changed()
  const used = await usedSince(ctx.db.aside(caller), monthOf(now), usedBy(key))
  return toWire({ ...row, used }, now)
}

export async function deleteLimit(
  ctx: LimitContext,
  caller: Caller,
  { scope, scope_id, tenant }: Pick<SetTokenLimitBody, 'scope' | 'scope_id'> & { tenant?: string },
): Promise<void> {
  await ctx.db.write([removeLimit(keyOf(caller, { scope, scope_id, tenant_id: tenant }))])
  await ctx.tokenLimits.changed()
}

const ident = new RegExp(identPattern)

/** A tenant limits its users; what it may use itself is for the operator to say. */
function keyOf(
  { principal }: Caller,
  {
    scope,
    scope_id: asked,
    tenant_id: of,
  }: { scope: LimitKey['scope']; scope_id?: string | undefined; tenant_id?: string | undefined },
): LimitKey {
  if (scope !== 'user' && !isAdmin(principal)) {
    const whose = scope === 'tenant' ? 'a tenant' : 'the whole runtime'
    throw new RuntimeError('forbidden', `limits of ${whose} are set by an administrator`)
  }
  const own = (isAdmin(principal) && of) || principal.tenantId
  if (scope === 'operator') return { scope, tenant_id: '', scope_id: '' }
  if (scope === 'tenant') return { scope, tenant_id: of || asked || own, scope_id: '' }
  if (!asked) throw new RuntimeError('missing_scope_id', 'scope_id says which user is meant')
  if (ident.test(asked)) return { scope, tenant_id: own, scope_id: asked }
  throw new RuntimeError('invalid_request', 'scope_id must be 1 to 128 letters, digits, _ or -')
}

function usedBy({ scope, tenant_id: tenantId, scope_id: userId }: LimitKey): UsedBy {
  if (scope === 'operator') return {}
  return scope === 'tenant' ? { tenantId } : { tenantId, userId }
}

function toWire(row: LimitWithUse, now: number): TokenLimit {
  const { scope, tenant_id, scope_id, soft_limit, hard_limit, used, updated_at, updated_by } = row
  return {
    tenant_id,
    scope,
    ...(scope_id === '' ? {} : { scope_id }),
    ...(soft_limit === null ? {} : { soft_limit }),
    ...(hard_limit === null ? {} : { hard_limit }),
    used,
    resets_at: nextMonth(now).toISOString(),
    updated_at: new Date(updated_at).toISOString(),
    updated_by,
  }
}
