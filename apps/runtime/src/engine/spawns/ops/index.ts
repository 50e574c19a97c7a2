import type { agentOps } from '@loomcycle/proto'
import type { OpImplementations } from '../../../tools/op-set.ts'
import type { SpawnContext } from '../context.ts'
import { startChildren } from '../start-children.ts'

export function createAgentOps(ctx: SpawnContext): OpImplementations<typeof agentOps> {
  return {
    spawn: (caller, task) => startChildren(ctx, caller, 'spawn', [task]),
    parallel_spawn: (caller, { spawns }) => startChildren(ctx, caller, 'parallel_spawn', spawns),
  }
}
