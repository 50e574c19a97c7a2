import type { ToolScope } from '../../../tools/tool.ts'
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
    ...givenWith(scope),
    ...(scope.contextTokens && { context: fullness(scope.contextTokens) }),
  })
}

/** What its model and its compaction go by, the run's own settings over the agent's. */
function givenWith({ agent, options }: ToolScope) {
  const sampling = { ...agent.sampling, ...options.sampling }
  const compaction = { ...agent.compaction, ...options.compaction }
  return {
    ...(Object.keys(sampling).length > 0 ? { sampling } : {}),
    ...(Object.keys(compaction).length > 0 ? { compaction } : {}),
  }
}

function fullness({ used, max }: NonNullable<ToolScope['contextTokens']>) {
  if (!max) return { used_tokens: used }
  return { used_tokens: used, max_tokens: max, used_pct: Math.round((used / max) * 1000) / 10 }
}
