import { agentOps, contextOps, documentOps, interruptionOps, memoryOps, pathOps } from '@loomcycle/proto'
import type { ChannelContext } from './areas/channels/context.ts'
import { channelTool } from './areas/channels/tool.ts'
import type { DocumentDeps } from './areas/documents/deps.ts'
import { createDocumentOps } from './areas/documents/ops/index.ts'
import type { EvaluationContext } from './areas/evaluations/context.ts'
import { evaluationTool } from './areas/evaluations/tool.ts'
import type { HistoryContext } from './areas/history/context.ts'
import { historyTool } from './areas/history/tool.ts'
import type { InterruptContext } from './areas/interrupts/context.ts'
import { createInterruptionOps } from './areas/interrupts/ops/index.ts'
import type { IntrospectionDeps } from './areas/introspection/deps.ts'
import { createContextOps } from './areas/introspection/ops/index.ts'
import type { MemoryDeps } from './areas/memory/deps.ts'
import { createMemoryOps } from './areas/memory/ops/index.ts'
import { forAgents } from './areas/paths/for-agents.ts'
import { createPathOps } from './areas/paths/ops/index.ts'
import type { SpawnContext } from './engine/spawns/context.ts'
import { createAgentOps } from './engine/spawns/ops/index.ts'
import { opTool } from './tools/op-tool.ts'
import type { Tools } from './tools/policy.ts'
import type { Tool } from './tools/tool.ts'

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
