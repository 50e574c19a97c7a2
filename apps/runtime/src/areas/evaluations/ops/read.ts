import { ToolError } from '../../../ground/tool-error.ts'
import { findJudgedRun, mayReadAny, requireReadAny } from '../access.ts'
import type { EvaluationContext, EvaluationOp } from '../context.ts'
import { findEvaluation, listEvaluationsOfDef, listEvaluationsOfRun } from '../store.ts'
import { toEvaluation } from '../to-evaluation.ts'

export function get({ db }: EvaluationContext): EvaluationOp<'get'> {
  return async ({ scope }, { eval_id }) => {
    const row = await findEvaluation(db, scope.tenantId, eval_id)
    const isOwn = row?.run_id === scope.runId || row?.emitter_run_id === scope.runId
    // One that may not be read and one that is not there look the same.
    if (!row || !(isOwn || mayReadAny(scope))) throw new ToolError(`there is no evaluation ${eval_id.slice(0, 80)}`)
    return toEvaluation(row)
  }
}

export function listForRun({ db }: EvaluationContext): EvaluationOp<'list_for_run'> {
  return async ({ scope }, { run_id, limit = 100 }) => {
    if (run_id !== scope.runId) requireReadAny(scope)
    await findJudgedRun(db, scope, run_id)
    const evaluations = (await listEvaluationsOfRun(db, scope.tenantId, run_id, limit)).map(toEvaluation)
    return { evaluations, count: evaluations.length }
  }
}

export function listForDef({ db }: EvaluationContext): EvaluationOp<'list_for_def'> {
  return async ({ scope }, { def_id, limit = 100 }) => {
    requireReadAny(scope)
    const evaluations = (await listEvaluationsOfDef(db, scope.tenantId, def_id, limit)).map(toEvaluation)
    return { evaluations, count: evaluations.length }
  }
}
