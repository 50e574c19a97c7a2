import type { ToolScope } from '../../tools/tool.ts'
import type { InterruptRow } from './store.ts'

/** A row of the run that asks; everything that is not said is empty. */
export function newInterrupt(
  scope: ToolScope,
  id: string,
  now: number,
  what: Pick<InterruptRow, 'kind' | 'status' | 'question'> & Partial<InterruptRow>,
): InterruptRow {
  return {
    id,
    tenant_id: scope.tenantId,
    run_id: scope.runId,
    session_id: scope.sessionId,
    tool_use_id: null,
    user_id: scope.userId,
    agent_id: scope.agentId,
    agent_name: scope.agent.name,
    options: '[]',
    context_data: null,
    priority: 'normal',
    answer: null,
    created_at: now,
    expires_at: null,
    resolved_at: null,
    resolved_by: null,
    ...what,
  }
}
