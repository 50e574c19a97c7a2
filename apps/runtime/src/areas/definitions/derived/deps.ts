import type { agentDefOps, OpName } from '@loomcycle/proto'
import type { Definitions } from '../../../engine/agents/definitions.ts'
import type { ResolveModel } from '../../../models/routing/resolve.ts'
import type { OpImplementation } from '../../../tools/op-set.ts'
import type { DefinitionDeps } from '../deps.ts'

export interface DerivedDeps extends Pick<DefinitionDeps, 'db' | 'clock' | 'completePin' | 'completeAgent'> {
  definitions: Definitions
  resolveModel: ResolveModel
}

export type AgentDefOp<N extends OpName<typeof agentDefOps>> = OpImplementation<typeof agentDefOps, N>
