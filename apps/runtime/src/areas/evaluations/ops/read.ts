import { ToolError } from '../../../ground/tool-error.ts'
import { findJudgedRun, mayReadAny, requireReadAny } from '../access.ts'
import type { EvaluationContext, EvaluationOp } from '../context.ts'
import { findEvaluation, listEvaluationsOfDef, listEvaluationsOfRun } from '../store.ts'
import { toEvaluation } from '../to-evaluation.ts'

export function get({ db }: EvaluationContext): EvaluationOp<'get'> {
  return async (caller, { eval_id }) => {
    const row = await findEvaluation(db, caller.tenantId, eval_id)
    const own = caller.run?.id
    const isOwn = own !== undefined && (row?.run_id === own || row?.emitter_run_id === own)
    // One that may not be read and one that is not there look the same.
    if (!row || !(isOwn || mayReadAny(caller))) throw new ToolError(`there is no evaluation ${eval_id.slice(0, 80)}`)
    return toEvaluation(row)
  }
}

export function listForRun({ db }: EvaluationContext): EvaluationOp<'list_for_run'> {
  return async (caller, { run_id, limit = 100 }) => {
    if (run_id !== caller.run?.id) requireReadAny(caller)
    await findJudgedRun(db, caller, run_id)
    const evaluations = (await listEvaluationsOfRun(db, caller.tenantId, run_id, limit)).map(toEvaluation)
    return { evaluations, count: evaluations.length }
  }
}

export function listForDef({ db }: EvaluationContext): EvaluationOp<'list_for_def'> {
  return async (caller, { def_id, limit = 100 }) => {
    requireReadAny(caller)
    const evaluations = (await listEvaluationsOfDef(db.aside(caller), caller.tenantId, def_id, limit)).map(toEvaluation)
    return { evaluations, count: evaluations.length }
  }
}
