import { agentOps } from './agent-tool.ts'
import { channelEndpoints, channelOps } from './channels.ts'
import { contextOps } from './context.ts'
import { historyOps } from './history.ts'
import { identityEndpoints } from './identity.ts'
import { interruptEndpoints, interruptionOps } from './interrupts.ts'
import { memoryOps } from './memory.ts'
import type { OpSet } from './op.ts'
import { operationEndpoints } from './operations.ts'
import { runEndpoints } from './runs.ts'
import { sessionEndpoints } from './sessions.ts'

/** Every route that is not an op set. */
export const endpoints = {
  ...identityEndpoints,
  ...runEndpoints,
  ...sessionEndpoints,
  ...interruptEndpoints,
  ...operationEndpoints,
  ...channelEndpoints,
}

/** Every op set, by the name of its tool. */
export const opSets = {
  Agent: agentOps,
  Channel: channelOps,
  Context: contextOps,
  History: historyOps,
  Interruption: interruptionOps,
  Memory: memoryOps,
} satisfies Record<string, OpSet>
