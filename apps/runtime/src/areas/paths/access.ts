import type { Place, PlaceScope } from '../../ground/identity/place.ts'
import { isAdmin } from '../../ground/identity/principal.ts'
import { ToolError } from '../../ground/tool-error.ts'
import { type Caller, offRunAgent } from '../../tools/caller.ts'

/**
 * Whose names and documents a scope means. A run has its own; whoever else may look at those of another user or agent of
 * the same tenant, and an administrator at those of another tenant.
 */
export function placeFor({ principal, tenantId, userId, focus = {}, run }: Caller, scope: PlaceScope): Place {
  if (run) {
    if (scope === 'user' && userId === '') throw new ToolError('the scope "user" needs a run that has a user')
    return { tenantId, scope, scopeId: scope === 'agent' ? run.agent.name : scope === 'user' ? userId : '' }
  }
  const seen = (isAdmin(principal) && focus.tenantId) || tenantId
  if (scope === 'tenant') return { tenantId: seen, scope, scopeId: '' }
  return { tenantId: seen, scope, scopeId: focus.scopeId || (scope === 'agent' ? offRunAgent : userId) }
}
