import { type MemoryScope, RuntimeError, type SqlScope } from '@loomcycle/proto'
import { isAdmin } from '../../ground/identity/principal.ts'
import { ToolError } from '../../ground/tool-error.ts'
import { type Caller, offRunAgent } from '../../tools/caller.ts'

/** Where values are kept; made from who calls, never from what was said. */
export interface MemoryPlace {
  tenantId: string
  scope: MemoryScope
  scopeId: string
}

export function placeFor(caller: Caller, scope: MemoryScope): MemoryPlace {
  const { run } = caller
  if (run && !run.agent.memoryScopes.includes(scope)) {
    throw new ToolError(
      `the scope "${scope}" is not open to agent ${run.agent.name}; its setting memory_scopes would allow it`,
    )
  }
  return { tenantId: tenantFor(caller), scope, scopeId: scopeIdFor(caller, scope) }
}

/** Where a database is kept. */
export interface SqlPlace {
  tenantId: string
  scope: SqlScope
  scopeId: string
}

export function sqlPlaceFor(caller: Caller, scope: SqlScope): SqlPlace {
  const { run } = caller
  if (run && !run.agent.sqlScopes?.includes(scope)) {
    throw new ToolError(
      `the scope "${scope}" is not open to SQL of agent ${run.agent.name}; its setting sql_scopes would allow it`,
    )
  }
  return { tenantId: tenantFor(caller), scope, scopeId: scopeIdFor(caller, scope) }
}

/** The caller's own, or, for an administrator, the one that is looked at. */
export function tenantFor({ tenantId, principal, focus, run }: Caller): string {
  const asked = focus?.tenantId
  if (run || asked === undefined || asked === tenantId) return tenantId
  if (!isAdmin(principal)) throw new RuntimeError('insufficient_scope', 'another tenant is for admins to look at')
  return asked.toWellFormed()
}

/** Of keys and values together; undefined for the usual one. */
export function quotaOf({ run }: Caller): number | undefined {
  return run?.agent.memoryQuotaBytes
}

function scopeIdFor(caller: Caller, scope: MemoryScope | SqlScope): string {
  const { userId, focus, run } = caller
  if (scope === 'run') {
    if (run) return run.rootId
    throw new ToolError('the scope "run" is for agents, while their run goes on; use "agent" or "user"')
  }
  const named = run ? undefined : focus?.scopeId
  if (named !== undefined) return named.toWellFormed()
  if (scope === 'agent') return run?.agent.name ?? offRunAgent
  if (scope === 'tenant') return tenantFor(caller)
  if (userId === '') throw new ToolError('the scope "user" needs a run that has a user')
  return userId
}
