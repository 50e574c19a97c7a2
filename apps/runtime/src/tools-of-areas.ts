import {
  agentDefOps,
  agentOps,
  channelOps,
  contextOps,
  documentOps,
  evaluationOps,
  historyOps,
  interruptionOps,
  memoryOps,
  pathOps,
  skillDefOps,
  teamDefOps,
  volumeOps,
} from '@loomcycle/proto'
import type { ChannelContext } from './areas/channels/context.ts'
import { createChannelOps } from './areas/channels/ops/index.ts'
import { createAgentDefOps } from './areas/definitions/agents/ops.ts'
import type { DefinitionDeps } from './areas/definitions/deps.ts'
import type { DerivedDeps } from './areas/definitions/derived/deps.ts'
import { createVersionOps } from './areas/definitions/ops/index.ts'
import { skillFamily } from './areas/definitions/skills/skill-family.ts'
import type { DocumentDeps } from './areas/documents/deps.ts'
import { createDocumentOps } from './areas/documents/ops/index.ts'
import type { EvaluationContext } from './areas/evaluations/context.ts'
import { createEvaluationOps } from './areas/evaluations/ops/index.ts'
import type { HistoryContext } from './areas/history/context.ts'
import { createHistoryOps } from './areas/history/ops/index.ts'
import type { InterruptContext } from './areas/interrupts/context.ts'
import { createInterruptionOps } from './areas/interrupts/ops/index.ts'
import type { IntrospectionDeps } from './areas/introspection/deps.ts'
import { createContextOps } from './areas/introspection/ops/index.ts'
import type { MemoryDeps } from './areas/memory/deps.ts'
import { createMemoryOps } from './areas/memory/ops/index.ts'
import { createPathOps } from './areas/paths/ops/index.ts'
import type { TeamContext } from './areas/teams/context.ts'
import { createTeamOps } from './areas/teams/ops/index.ts'
import type { TeamRuns } from './areas/teams/team-runs.ts'
import type { VolumeContext } from './areas/volumes/context.ts'
import { createVolumeOps } from './areas/volumes/ops/index.ts'
import type { SpawnContext } from './engine/spawns/context.ts'
import { createAgentOps } from './engine/spawns/ops/index.ts'
import { dialectNote } from './ground/sql-sandbox/dialect-note.ts'
import { type OpTable, type ServedOps, serveOps } from './tools/op-set.ts'
import { opTool } from './tools/op-tool.ts'
import type { Tools } from './tools/policy.ts'
import type { Tool } from './tools/tool.ts'

export interface OpDeps {
  memory: MemoryDeps
  introspection: IntrospectionDeps
  spawns: SpawnContext
  interrupts: InterruptContext
  channels: ChannelContext
  evaluations: EvaluationContext
  history: HistoryContext
  documents: DocumentDeps
  defining: DefinitionDeps & DerivedDeps
  volumes: VolumeContext
  teams: { ctx: TeamContext; runs: TeamRuns }
}

const state = { sideEffects: 'state' } as const
/** Those whose ops do nothing for a run but what is stored with the call's result or with what it waits for. */
const atOnce = { sideEffects: 'state', allOrNothing: true } as const

/** Every op there is: agents have them as tools, HTTP at the paths of their sets. */
export function createOpTable(deps: OpDeps): OpTable {
  const served: ServedOps[] = [
    serveOps(memoryOps, createMemoryOps(deps.memory), { ...state, note: dialectNote(deps.memory.sql?.memory.dialect) }),
    serveOps(contextOps, createContextOps(deps.introspection), { sideEffects: 'pure' }),
    serveOps(agentOps, createAgentOps(deps.spawns), atOnce),
    serveOps(interruptionOps, createInterruptionOps(deps.interrupts), atOnce),
    serveOps(channelOps, createChannelOps(deps.channels), atOnce),
    serveOps(evaluationOps, createEvaluationOps(deps.evaluations), atOnce),
    serveOps(historyOps, createHistoryOps(deps.history), state),
    serveOps(documentOps, createDocumentOps(deps.documents), {
      ...state,
      note: dialectNote(deps.documents.sql?.dialect),
    }),
    serveOps(pathOps, createPathOps(deps.documents), state),
    serveOps(agentDefOps, createAgentDefOps(deps.defining), atOnce),
    serveOps(skillDefOps, createVersionOps(deps.defining, skillFamily(deps.defining)), atOnce),
    serveOps(volumeOps, createVolumeOps(deps.volumes), { sideEffects: 'filesystem' }),
    serveOps(teamDefOps, createTeamOps(deps.defining, deps.teams.ctx, deps.teams.runs), atOnce),
  ]
  return new Map(served.map((ops) => [ops.set.tool, ops]))
}

/** Every tool there is; which of them a run has is `policy.ts`. */
export function createTools(ops: OpTable, extra: readonly Tool[] = []): Tools {
  const tools = [...[...ops.values()].map(opTool), ...extra]
  return new Map(tools.map((tool) => [tool.name, tool]))
}
