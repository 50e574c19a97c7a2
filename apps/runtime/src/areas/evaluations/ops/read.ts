import { afterCursor, type Listing, toPage } from '../../../ground/cursor.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { findJudgedRun, mayReadAny, requireReadAny } from '../access.ts'
import type { EvaluationContext, EvaluationOp } from '../context.ts'
import {
  type EvaluationPage,
  type EvaluationRow,
  evaluationKey,
  findEvaluation,
  listEvaluationsOfDef,
  listEvaluationsOfRun,
} from '../store.ts'
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
  return async (caller, { run_id, ...page }) => {
    if (run_id !== caller.run?.id) requireReadAny(caller)
    await findJudgedRun(db, caller, run_id)
    const { tenantId } = caller
    return pageOf(['evaluations.of_run', { tenantId, run_id }], page, (asked) =>
      listEvaluationsOfRun(db, tenantId, run_id, asked),
    )
  }
}

export function listForDef({ db }: EvaluationContext): EvaluationOp<'list_for_def'> {
  return async (caller, { def_id, ...page }) => {
    requireReadAny(caller)
    const { tenantId } = caller
    return pageOf(['evaluations.of_def', { tenantId, def_id }], page, (asked) =>
      listEvaluationsOfDef(db.aside(caller), tenantId, def_id, asked),
    )
  }
}

async function pageOf(
  listing: Listing,
  { limit = 100, cursor }: { limit?: number; cursor?: string },
  list: (page: EvaluationPage) => Promise<EvaluationRow[]>,
) {
  const found = await list({ after: afterCursor(cursor, listing, 2), limit: limit + 1 })
  const { rows, next } = toPage(found, limit, listing, evaluationKey)
  return { evaluations: rows.map(toEvaluation), count: rows.length, ...next }
}
