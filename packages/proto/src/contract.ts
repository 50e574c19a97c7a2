import { contextOps } from './context.ts'
import { historyOps } from './history.ts'
import { identityEndpoints } from './identity.ts'
import { memoryOps } from './memory.ts'
import type { OpSet } from './op.ts'
import { runEndpoints } from './runs.ts'
import { sessionEndpoints } from './sessions.ts'

/** Every route that is not an op set. */
export const endpoints = { ...identityEndpoints, ...runEndpoints, ...sessionEndpoints }

/** Every op set, by the name of its tool. */
export const opSets = { Context: contextOps, Memory: memoryOps, History: historyOps } satisfies Record<string, OpSet>
