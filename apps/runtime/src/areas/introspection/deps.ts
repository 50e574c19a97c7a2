import type { contextOps, OpName } from '@loomcycle/proto'
import type { AgentVersion } from '../../engine/agents/definitions.ts'
import type { Clock } from '../../ground/clock.ts'
import type { HelpTopic, InterruptionSettings, Limits } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { OpImplementation } from '../../tools/op-set.ts'
import type { ChannelContext } from '../channels/context.ts'

export interface IntrospectionDeps {
  db: Database
  clock: Clock
  channels: Pick<ChannelContext, 'db' | 'configured'>
  limits: Pick<Limits, 'memoryMaxScopeBytes'>
  /** Of one agent's own databases together, unless the agent has a limit of its own. */
  sqlQuotaBytes: number
  interruption: Pick<InterruptionSettings, 'maxPendingPerRun'>
  /** Topics of the operator’s own. */
  help: readonly HelpTopic[]
  /** The agents that a run of this tenant may know of. */
  listAgents(tenantId: string): Promise<AgentVersion[]>
}

export type ContextOp<N extends OpName<typeof contextOps>> = OpImplementation<typeof contextOps, N>
