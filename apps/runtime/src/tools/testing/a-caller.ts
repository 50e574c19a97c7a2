import type { AgentDefinition } from '../../ground/config/config.ts'
import type { Principal } from '../../ground/identity/principal.ts'
import { callerFor, type OutsideCaller, type RunCaller, type ToolRun } from '../caller.ts'
import type { ToolCaller } from '../tool.ts'

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

export type SomeRun = Partial<Omit<ToolRun, 'id' | 'rootId' | 'agent'>> & {
  runId?: string
  rootRunId?: string
  tenantId?: string
  userId?: string
  agent?: Partial<AgentDefinition>
}

/** A run that calls a tool. */
export function aToolCaller(some: SomeRun = {}): ToolCaller {
  const { runId = 'r_1', rootRunId = runId, tenantId = 'default', userId = 'ada', agent, ...run } = some
  return {
    principal: { tenantId, subject: userId, scopes: [], legacy: false, open: false, viaCookie: false },
    actor: { kind: 'agent', id: anAgent(agent).name, run_id: runId },
    tenantId,
    userId,
    door: 'tool',
    run: {
      id: runId,
      rootId: rootRunId,
      sessionId: 's_1',
      agentId: 'a_1',
      agent: anAgent(agent),
      agentDefId: null,
      startedAt: 0,
      depth: 0,
      options: {},
      provider: 'scripted',
      model: 'demo',
      tools: new Map(),
      requestCompaction: () => {},
      ...run,
    },
  }
}

/** A run that calls an op. */
export function aRunCaller(some: SomeRun = {}): RunCaller {
  const caller = aToolCaller(some)
  const run = { ...caller.run, toolUseId: 'call_1', attach: () => {} }
  return { ...caller, run, signal: new AbortController().signal }
}

export function aPrincipal(principal: Partial<Principal> = {}): Principal {
  return {
    ...{ tenantId: 'default', subject: 'ada', scopes: [], legacy: false, open: false, viaCookie: false },
    ...principal,
  }
}

/** Somebody who calls from outside of runs. */
export function aCaller(principal: Partial<Principal> = {}): OutsideCaller {
  return callerFor(aPrincipal(principal), 'api', new AbortController().signal)
}
