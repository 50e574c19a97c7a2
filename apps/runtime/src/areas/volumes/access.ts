import { opensName } from '../../ground/config/name-patterns.ts'
import { isAdmin } from '../../ground/identity/principal.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { Caller } from '../../tools/caller.ts'

/** Whose volumes a request is about. */
export function tenantFor({ principal, tenantId, focus = {}, run }: Caller, tenant = focus.tenantId): string {
  return !run && isAdmin(principal) && tenant ? tenant : tenantId
}

/** Where something is on the machine is for its operator to know. */
export function maySeePaths({ principal, run }: Caller): boolean {
  return !run && isAdmin(principal)
}

/** What a run may make, remove and look up is said by its agent's volume_def_scopes. */
export function mayDefine({ run }: Caller, name: string): boolean {
  if (!run) return true
  return opensName(run.agent.volumeDefScopes ?? [], name)
}

export function requireMayDefine(caller: Caller, name: string) {
  if (mayDefine(caller, name)) return
  const scopes = caller.run?.agent.volumeDefScopes ?? []
  throw new ToolError(
    scopes.length === 0
      ? 'this agent may not make or remove volumes; its volume_def_scopes would have to say which'
      : `this agent may not make or remove a volume "${name}"; its volume_def_scopes are ${scopes.join(', ')}`,
  )
}
