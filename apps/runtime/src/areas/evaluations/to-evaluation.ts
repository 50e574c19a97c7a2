import type { Evaluation } from '@loomcycle/proto'
import type { EvaluationRow } from './store.ts'

export function toEvaluation(row: EvaluationRow): Evaluation {
  return {
    eval_id: row.id,
    run_id: row.run_id,
    ...(row.def_id === null ? {} : { def_id: row.def_id }),
    agent: row.agent,
    score: row.score,
    ...(row.dimensions === null ? {} : { dimensions: JSON.parse(row.dimensions) as Record<string, number> }),
    ...(row.judgement === null ? {} : { judgement: row.judgement }),
    ...(row.rationale === null ? {} : { rationale: row.rationale }),
    emitter_role: row.emitter_role,
    ...(row.emitter_role === 'external'
      ? {}
      : { emitter_agent_id: row.emitter_agent_id, emitter_run_id: row.emitter_run_id }),
    created_at: new Date(row.created_at).toISOString(),
  }
}
