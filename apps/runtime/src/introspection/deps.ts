import type { contextOps, OpName } from '@loomcycle/proto'
import type { Clock } from '../clock.ts'
import type { AgentDefinition, Limits } from '../config/config.ts'
import type { OpImplementation } from '../tools/op-set.ts'
import type { OpContext } from '../tools/op-tool.ts'

export interface IntrospectionDeps {
  clock: Clock
  limits: Pick<Limits, 'memoryMaxScopeBytes'>
  /** The agents that a run of this tenant may know of. */
  listAgents(tenantId: string): Iterable<AgentDefinition>
}

export type ContextOp<N extends OpName<typeof contextOps>> = OpImplementation<typeof contextOps, N, OpContext>
