import { requireReadAny } from '../access.ts'
import { aggregateOf } from '../aggregate.ts'
import type { EvaluationContext, EvaluationOp } from '../context.ts'

export function aggregate({ db }: EvaluationContext): EvaluationOp<'aggregate'> {
  return async (caller, input) => {
    requireReadAny(caller)
    return aggregateOf(db, caller, input)
  }
}
