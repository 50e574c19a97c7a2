import { contextOps, memoryOps } from '@loomcycle/proto'
import type { IntrospectionDeps } from '../introspection/deps.ts'
import { createContextOps } from '../introspection/ops/index.ts'
import type { MemoryDeps } from '../memory/deps.ts'
import { createMemoryOps } from '../memory/ops/index.ts'
import { opTool } from './op-tool.ts'
import type { Tools } from './policy.ts'
import type { Tool } from './tool.ts'

export type ToolDeps = MemoryDeps & IntrospectionDeps

/** Every tool there is; which of them a run has is `policy.ts`. */
export function createTools(deps: ToolDeps, extra: readonly Tool[] = []): Tools {
  const tools = [
    opTool(memoryOps, createMemoryOps(deps), 'state'),
    opTool(contextOps, createContextOps(deps), 'pure'),
    ...extra,
  ]
  return new Map(tools.map((tool) => [tool.name, tool]))
}
