import type { Actor, Place, PlaceScope } from '../../ground/identity/place.ts'
import { isAdmin, type Principal } from '../../ground/identity/principal.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { ToolScope } from '../../tools/tool.ts'

/** Who calls an op, through whichever door. */
export interface PlaceCaller {
  actor: Actor
  /** Whose share it is of what everybody shares. */
  person: string
  placeFor(scope: PlaceScope): Place
  /** Of the request: asking again with the key gives the same answer and does nothing more. */
  idempotency?: { key: string; hash: string }
}

function personOf(tenantId: string, userId: string): string {
  return JSON.stringify([tenantId, userId])
}

export function agentCaller({ agent, tenantId, userId, runId }: ToolScope): PlaceCaller {
  return {
    actor: { kind: 'agent', id: agent.name, run_id: runId },
    person: personOf(tenantId, userId || agent.name),
    placeFor(scope) {
      if (scope === 'user' && userId === '') throw new ToolError('the scope "user" needs a run that has a user')
      return { tenantId, scope, scopeId: scope === 'agent' ? agent.name : scope === 'user' ? userId : '' }
    },
  }
}

/** Looks at somebody else's place: another user's or agent's of the same tenant, or, for the operator, another tenant's. */
export interface Browsing {
  scope_id?: string | undefined
  tenant?: string | undefined
}

export function browsingOf(query: unknown): Browsing {
  const { scope_id, tenant } = query as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return { scope_id: text(scope_id), tenant: text(tenant) }
}

/** No agent calls over HTTP, so the scope `agent` is one of the operator's own unless one is named. */
const OFF_RUN_AGENT = 'http-admin'

export function principalCaller(principal: Principal, { scope_id, tenant }: Browsing = {}): PlaceCaller {
  const tenantId = (isAdmin(principal) && tenant) || principal.tenantId
  return {
    actor: { kind: 'user', id: principal.subject },
    person: personOf(principal.tenantId, principal.subject),
    placeFor(scope) {
      if (scope === 'tenant') return { tenantId, scope, scopeId: '' }
      return { tenantId, scope, scopeId: scope_id || (scope === 'agent' ? OFF_RUN_AGENT : principal.subject) }
    },
  }
}
