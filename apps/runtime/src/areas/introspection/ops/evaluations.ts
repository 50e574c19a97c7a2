import { requireReadAny } from '../../evaluations/access.ts'
import { aggregateOf } from '../../evaluations/aggregate.ts'
import type { ContextOp, IntrospectionDeps } from '../deps.ts'

export function evaluations({ db }: IntrospectionDeps): ContextOp<'evaluations'> {
  return async (caller, input) => {
    requireReadAny(caller)
    return aggregateOf(db, caller, input)
  }
}
