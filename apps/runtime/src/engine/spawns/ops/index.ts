import type { agentOps } from '@loomcycle/proto'
import type { OpImplementations } from '../../../tools/op-set.ts'
import type { OpContext } from '../../../tools/op-tool.ts'
import type { ToolSuspension } from '../../../tools/tool.ts'
import type { SpawnContext } from '../context.ts'
import { startChildren } from '../start-children.ts'

export function createAgentOps(ctx: SpawnContext): OpImplementations<typeof agentOps, OpContext, ToolSuspension> {
  return {
    spawn: (op, task) => startChildren(ctx, { ...op, name: 'spawn' }, [task]),
    parallel_spawn: (op, { spawns }) => startChildren(ctx, { ...op, name: 'parallel_spawn' }, spawns),
  }
}
