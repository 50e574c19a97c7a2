import type { ToolRun } from '../../../tools/caller.ts'
import type { ContextOp } from '../deps.ts'

export function self(): ContextOp<'self'> {
  return async ({ userId, run }) => ({
    agent_name: run.agent.name,
    ...(run.agentDefId && { agent_def_id: run.agentDefId }),
    agent_id: run.agentId,
    user_id: userId,
    ...(run.options.userTier && { user_tier: run.options.userTier }),
    run_id: run.id,
    session_id: run.sessionId,
    provider: run.provider,
    model: run.model,
    ...givenWith(run),
    ...(run.contextTokens && { context: fullness(run.contextTokens) }),
  })
}

/** What its model and its compaction go by, the run's own settings over the agent's. */
function givenWith({ agent, options }: ToolRun) {
  const sampling = { ...agent.sampling, ...options.sampling }
  const compaction = { ...agent.compaction, ...options.compaction }
  return {
    ...(Object.keys(sampling).length > 0 ? { sampling } : {}),
    ...(Object.keys(compaction).length > 0 ? { compaction } : {}),
  }
}

function fullness({ used, max, isGuess }: NonNullable<ToolRun['contextTokens']>) {
  if (!max) return { used_tokens: used }
  const used_pct = Math.round((used / max) * 1000) / 10
  return { used_tokens: used, max_tokens: max, ...(isGuess ? { max_is_guess: true } : {}), used_pct }
}
