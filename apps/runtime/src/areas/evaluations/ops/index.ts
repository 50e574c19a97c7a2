import type { evaluationOps } from '@loomcycle/proto'
import type { OpImplementations } from '../../../tools/op-set.ts'
import type { EvaluationContext } from '../context.ts'
import { aggregate } from './aggregate.ts'
import { get, listForDef, listForRun } from './read.ts'
import { submit } from './submit.ts'

export function createEvaluationOps(ctx: EvaluationContext): OpImplementations<typeof evaluationOps> {
  return {
    submit: submit(ctx),
    get: get(ctx),
    list_for_run: listForRun(ctx),
    list_for_def: listForDef(ctx),
    aggregate: aggregate(ctx),
  }
}
