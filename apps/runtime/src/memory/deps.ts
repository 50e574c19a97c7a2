import type { memoryOps, OpName } from '@loomcycle/proto'
import type { Clock } from '../clock.ts'
import type { Limits } from '../config/config.ts'
import type { Database } from '../db/database.ts'
import type { OpImplementation } from '../tools/op-set.ts'
import type { OpContext } from '../tools/op-tool.ts'

export interface MemoryDeps {
  db: Pick<Database, 'read' | 'transaction'>
  clock: Clock
  limits: Pick<Limits, 'memoryMaxValueBytes' | 'memoryMaxScopeBytes'>
}

export type MemoryOp<N extends OpName<typeof memoryOps>> = OpImplementation<typeof memoryOps, N, OpContext>
