import type { RunCaller } from '../../tools/caller.ts'
import type { InterruptRow } from './store.ts'

/** A row of the run that asks; everything that is not said is empty. */
export function newInterrupt(
  { tenantId, userId, run }: RunCaller,
  id: string,
  now: number,
  what: Pick<InterruptRow, 'kind' | 'status' | 'question'> & Partial<InterruptRow>,
): InterruptRow {
  return {
    id,
    tenant_id: tenantId,
    run_id: run.id,
    session_id: run.sessionId,
    tool_use_id: null,
    user_id: userId,
    agent_id: run.agentId,
    agent_name: run.agent.name,
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
