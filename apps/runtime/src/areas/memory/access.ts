import type { MemoryScope, SqlScope } from '@loomcycle/proto'
import { ToolError } from '../../ground/tool-error.ts'
import type { ToolScope } from '../../tools/tool.ts'

/** Where values are kept; made from who calls, never from what was said. */
export interface MemoryPlace {
  tenantId: string
  scope: MemoryScope
  scopeId: string
}

export function placeFor(caller: ToolScope, scope: MemoryScope): MemoryPlace {
  const { agent, tenantId } = caller
  if (!agent.memoryScopes.includes(scope)) {
    throw new ToolError(
      `the scope "${scope}" is not open to agent ${agent.name}; its setting memory_scopes would allow it`,
    )
  }
  return { tenantId, scope, scopeId: scopeIdFor(caller, scope) }
}

/** Where a database is kept. */
export interface SqlPlace {
  tenantId: string
  scope: SqlScope
  scopeId: string
}

export function sqlPlaceFor(caller: ToolScope, scope: SqlScope): SqlPlace {
  const { agent, tenantId } = caller
  if (!agent.sqlScopes?.includes(scope)) {
    throw new ToolError(
      `the scope "${scope}" is not open to SQL of agent ${agent.name}; its setting sql_scopes would allow it`,
    )
  }
  return { tenantId, scope, scopeId: scopeIdFor(caller, scope) }
}

function scopeIdFor({ agent, tenantId, userId, rootRunId }: ToolScope, scope: MemoryScope | SqlScope): string {
  if (scope === 'agent') return agent.name
  if (scope === 'tenant') return tenantId
  if (scope === 'run') return rootRunId
  if (userId === '') throw new ToolError('the scope "user" needs a run that has a user')
  return userId
}
