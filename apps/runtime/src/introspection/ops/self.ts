import type { ToolScope } from '../../tools/tool.ts'
import type { ContextOp } from '../deps.ts'

export function self(): ContextOp<'self'> {
  return async ({ scope }) => ({
    agent_name: scope.agent.name,
    agent_id: scope.agentId,
    user_id: scope.userId,
    run_id: scope.runId,
    session_id: scope.sessionId,
    provider: scope.provider,
    model: scope.model,
    ...(scope.contextTokens && { context: fullness(scope.contextTokens) }),
  })
}

function fullness({ used, max }: NonNullable<ToolScope['contextTokens']>) {
  if (!max) return { used_tokens: used }
  return { used_tokens: used, max_tokens: max, used_pct: Math.round((used / max) * 1000) / 10 }
}
