import type { AgentOverlay } from '@loomcycle/proto'
import type { AgentDefinition, Tiers } from '../../ground/config/config.ts'
import { withoutEmpty } from '../definitions/content-hash.ts'

function candidatesOf(models: Tiers): AgentOverlay['models'] {
  return Object.fromEntries(Object.entries(models).map(([tier, choices]) => [tier, [...choices]]))
}

/** An agent in the words of the wire and of configuration files; `agentFromFile` is the way back. */
export function toOverlay(agent: AgentDefinition): AgentOverlay {
  const { interruption, channels, tree } = agent
  return withoutEmpty<AgentOverlay>({
    description: agent.description,
    provider: agent.provider,
    model: agent.model,
    tier: agent.tier,
    providers: agent.providers,
    models: agent.models && candidatesOf(agent.models),
    effort: agent.effort,
    max_tokens: agent.maxTokens,
    sampling: agent.sampling,
    compaction: agent.compaction,
    max_iterations: agent.maxIterations,
    unbounded_iterations: agent.unboundedIterations,
    max_concurrent_children: agent.maxConcurrentChildren,
    retry_attempts: agent.retryAttempts,
    code_body: agent.code,
    run_timeout_seconds: agent.runTimeoutSeconds,
    system_prompt: agent.systemPrompt,
    tools: agent.tools,
    disable_context: agent.disableContext,
    skills: agent.skills,
    volumes: agent.volumes,
    memory_scopes: agent.memoryScopes,
    memory_quota_bytes: agent.memoryQuotaBytes,
    sql_scopes: agent.sqlScopes,
    sql_quota_bytes: agent.sqlQuotaBytes,
    channels,
    interruption: interruption && { enabled: interruption.enabled, max_pending: interruption.maxPending },
    history_scope: agent.historyScope,
    evaluation_scopes: agent.evaluationScopes,
    agent_def_scopes: agent.agentDefScopes,
    skill_def_scopes: agent.skillDefScopes,
    team_def_scopes: agent.teamDefScopes,
    volume_def_scopes: agent.volumeDefScopes,
    tree: tree && {
      max_runs: tree.runs,
      max_runs_at_once: tree.runsAtOnce,
      max_model_calls: tree.modelCalls,
      max_tokens: tree.tokens,
    },
  } satisfies Partial<Record<keyof AgentOverlay, unknown>> as AgentOverlay)
}
