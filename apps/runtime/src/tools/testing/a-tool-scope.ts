import type { AgentDefinition } from '../../ground/config/config.ts'
import type { ToolScope } from '../tool.ts'

export function anAgent(agent: Partial<AgentDefinition> = {}): AgentDefinition {
  return {
    name: 'writer',
    source: 'file',
    systemPrompt: '',
    tools: ['Memory'],
    disableContext: false,
    memoryScopes: ['agent', 'user'],
    unboundedIterations: false,
    ...agent,
  }
}

export function aToolScope({
  agent,
  ...scope
}: Partial<Omit<ToolScope, 'agent'>> & { agent?: Partial<AgentDefinition> } = {}): ToolScope {
  return {
    principal: { tenantId: 'default', subject: 'default', scopes: [], legacy: false, open: true, viaCookie: false },
    agent: anAgent(agent),
    agentId: 'a_1',
    runId: 'r_1',
    rootRunId: 'r_1',
    sessionId: 's_1',
    userId: 'ada',
    tenantId: 'default',
    provider: 'scripted',
    model: 'demo',
    runStartedAt: 0,
    tools: new Map(),
    depth: 0,
    options: {},
    requestCompaction: () => {},
    ...scope,
  }
}
