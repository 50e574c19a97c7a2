import { agentOps, contextOps, documentOps, interruptionOps, memoryOps, pathOps } from '@loomcycle/proto'
import type { ChannelContext } from '../channels/context.ts'
import { channelTool } from '../channels/tool.ts'
import type { DocumentDeps } from '../documents/deps.ts'
import { createDocumentOps } from '../documents/ops/index.ts'
import type { EvaluationContext } from '../evaluations/context.ts'
import { evaluationTool } from '../evaluations/tool.ts'
import type { HistoryContext } from '../history/context.ts'
import { historyTool } from '../history/tool.ts'
import type { InterruptContext } from '../interrupts/context.ts'
import { createInterruptionOps } from '../interrupts/ops/index.ts'
import type { IntrospectionDeps } from '../introspection/deps.ts'
import { createContextOps } from '../introspection/ops/index.ts'
import type { MemoryDeps } from '../memory/deps.ts'
import { createMemoryOps } from '../memory/ops/index.ts'
import { forAgents } from '../paths/for-agents.ts'
import { createPathOps } from '../paths/ops/index.ts'
import type { SpawnContext } from '../spawns/context.ts'
import { createAgentOps } from '../spawns/ops/index.ts'
import { opTool } from './op-tool.ts'
import type { Tools } from './policy.ts'
import type { Tool } from './tool.ts'

export type OwnToolDeps = MemoryDeps & IntrospectionDeps
export type ToolDeps = OwnToolDeps & {
  spawns: SpawnContext
  interrupts: InterruptContext
  channels: ChannelContext
  evaluations: EvaluationContext
  history: Omit<HistoryContext, 'caller'>
  documents: DocumentDeps
}

/** Every tool there is; which of them a run has is `policy.ts`. */
export function createTools(deps: ToolDeps, extra: readonly Tool[] = []): Tools {
  return byName([
    ...ownTools(deps).values(),
    allOrNothing(opTool(agentOps, createAgentOps(deps.spawns), 'state')),
    allOrNothing(opTool(interruptionOps, createInterruptionOps(deps.interrupts), 'state')),
    channelTool(deps.channels),
    evaluationTool(deps.evaluations),
    historyTool(deps.history),
    opTool(documentOps, forAgents(createDocumentOps(deps.documents)), 'state'),
    opTool(pathOps, forAgents(createPathOps(deps.documents)), 'state'),
    ...extra,
  ])
}

/** Those that concern nobody but their agent. */
export function ownTools(deps: OwnToolDeps): Tools {
  return byName([opTool(memoryOps, createMemoryOps(deps), 'state'), opTool(contextOps, createContextOps(deps), 'pure')])
}

/** All that its ops do is stored with the call's result or with what it waits for: a call that has neither did nothing. */
function allOrNothing(tool: Tool): Tool {
  return { ...tool, isIdempotent: () => true }
}

function byName(tools: readonly Tool[]): Tools {
  return new Map(tools.map((tool) => [tool.name, tool]))
}
