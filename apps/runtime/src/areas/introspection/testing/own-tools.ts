import { contextOps, memoryOps } from '@loomcycle/proto'
import { serveOps } from '../../../tools/op-set.ts'
import { opTool } from '../../../tools/op-tool.ts'
import type { Tools } from '../../../tools/policy.ts'
import type { MemoryDeps } from '../../memory/deps.ts'
import { createMemoryOps } from '../../memory/ops/index.ts'
import type { IntrospectionDeps } from '../deps.ts'
import { createContextOps } from '../ops/index.ts'

export type OwnToolDeps = MemoryDeps & IntrospectionDeps

/** The tools that concern nobody but their agent. */
export function ownTools(deps: OwnToolDeps): Tools {
  const tools = [
    opTool(serveOps(memoryOps, createMemoryOps(deps), { sideEffects: 'state' })),
    opTool(serveOps(contextOps, createContextOps(deps), { sideEffects: 'pure' })),
  ]
  return new Map(tools.map((tool) => [tool.name, tool]))
}
