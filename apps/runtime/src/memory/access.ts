import type { MemoryScope } from '@loomcycle/proto'
import { ToolError, type ToolScope } from '../tools/tool.ts'

/** Where values are kept; made from who calls, never from what was said. */
export interface MemoryPlace {
  tenantId: string
  scope: MemoryScope
  scopeId: string
}

export function placeFor({ agent, tenantId, userId }: ToolScope, scope: MemoryScope): MemoryPlace {
  if (!agent.memoryScopes.includes(scope)) {
    throw new ToolError(
      `the scope "${scope}" is not open to agent ${agent.name}; its setting memory_scopes would allow it`,
    )
  }
  const scopeId = scope === 'agent' ? agent.name : userId
  if (scopeId === '') throw new ToolError('the scope "user" needs a run that has a user')
  return { tenantId, scope, scopeId }
}
