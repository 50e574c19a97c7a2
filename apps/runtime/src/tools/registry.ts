import { agentOps, contextOps, documentOps, memoryOps, pathOps } from '@loomcycle/proto'
import type { ChannelContext } from '../channels/context.ts'
import { channelTool } from '../channels/tool.ts'
import type { DocumentDeps } from '../documents/deps.ts'
import { createDocumentOps } from '../documents/ops/index.ts'
import type { EvaluationContext } from '../evaluations/context.ts'
import { evaluationTool } from '../evaluations/tool.ts'
import type { HistoryContext } from '../history/context.ts'
import { historyTool } from '../history/tool.ts'
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
  channels: ChannelContext
  evaluations: EvaluationContext
  history: Omit<HistoryContext, 'caller'>
  documents: DocumentDeps
}

/** Every tool there is; which of them a run has is `policy.ts`. */
export function createTools(deps: ToolDeps, extra: readonly Tool[] = []): Tools {
  const agent = opTool(agentOps, createAgentOps(deps.spawns), 'state')
  return byName([
    ...ownTools(deps).values(),
    agent,
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

function byName(tools: readonly Tool[]): Tools {
  return new Map(tools.map((tool) => [tool.name, tool]))
}
