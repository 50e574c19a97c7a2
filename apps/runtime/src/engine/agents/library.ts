import type { LibraryAgentDefinition } from '@loomcycle/proto'
import type { AgentDefinition } from '../../ground/config/config.ts'
import type { Definitions } from './definitions.ts'

/** The agents there are, by name, each as it is configured. */
export async function listLibraryAgents(definitions: Definitions, tenantId: string) {
  const agents = await definitions.list(tenantId)
  const entries = agents.map((agent) => ({
    name: agent.name,
    source: 'static-only' as const,
    in_static: true,
    in_substrate: false,
    version_count: 0,
    static_definition: toDefinition(agent),
  }))
  return { entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)) }
}

function toDefinition(agent: AgentDefinition): LibraryAgentDefinition {
  const { description, provider, model, effort, sampling, compaction } = agent
  const said = {
    description,
    provider,
    model,
    effort,
    max_tokens: agent.maxTokens,
    max_iterations: agent.maxIterations,
    max_concurrent_children: agent.maxConcurrentChildren,
    system_prompt: agent.systemPrompt || undefined,
    tools: agent.tools,
    allowed_tools: agent.tools,
    memory_scopes: agent.memoryScopes,
    memory_quota_bytes: agent.memoryQuotaBytes,
    sampling,
    compaction,
  }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}
