import type { evaluationOps, OpName } from '@loomcycle/proto'
import type { Clock } from '../../ground/clock.ts'
import type { Database } from '../../ground/db/database.ts'
import type { OpImplementation } from '../../tools/op-set.ts'

export interface EvaluationContext {
  db: Database
  clock: Clock
}

export type EvaluationOp<N extends OpName<typeof evaluationOps>> = OpImplementation<typeof evaluationOps, N>
