import { newEvaluationId } from '../../../ground/ids.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { findJudgedRun, requireSubmit, roleOf } from '../access.ts'
import type { EvaluationContext, EvaluationOp } from '../context.ts'
import { insertEvaluation } from '../store.ts'

const maxJudgementBytes = 32 * 1024
const maxRationaleBytes = 8 * 1024

export function submit({ db, clock }: EvaluationContext): EvaluationOp<'submit'> {
  return async (caller, { run_id, score, dimensions, judgement, rationale }) => {
    requireRoom('judgement', judgement, maxJudgementBytes)
    requireRoom('rationale', rationale, maxRationaleBytes)
    const run = await findJudgedRun(db, caller, run_id)
    const emitter_role = await roleOf(db, caller, run)
    requireSubmit(caller, emitter_role)
    const eval_id = newEvaluationId()
    const created_at = clock.now()
    const row = {
      id: eval_id,
      tenant_id: caller.tenantId,
      run_id,
      def_id: run.agentDefId,
      agent: run.agent,
      score,
      dimensions: dimensions ? JSON.stringify(dimensions) : null,
      judgement: judgement ?? null,
      rationale: rationale ?? null,
      emitter_role,
      emitter_agent_id: caller.run?.agentId ?? '',
      emitter_run_id: caller.run?.id ?? '',
      created_at,
    }
    if (caller.run) caller.run.attach([], [insertEvaluation(db, row)])
    else await db.write([insertEvaluation(db, row)])
    const of = run.agentDefId === null ? {} : { def_id: run.agentDefId }
    return { eval_id, run_id, ...of, emitter_role, score, created_at: new Date(created_at).toISOString() }
  }
}

function requireRoom(name: string, text: string | undefined, limit: number) {
  const bytes = Buffer.byteLength(text ?? '')
  if (bytes > limit) throw new ToolError(`${name} is ${bytes} bytes long and may be ${limit}; say it in fewer words`)
}
