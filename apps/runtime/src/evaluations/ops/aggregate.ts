import { requireReadAny } from '../access.ts'
import type { EvaluationContext, EvaluationOp } from '../context.ts'
import { Groups, statisticsOf } from '../statistics.ts'
import { listEvaluationsOfDef } from '../store.ts'

/** Of the latest; more would take long and say no more. */
const counted = 10_000

export function aggregate({ db }: EvaluationContext): EvaluationOp<'aggregate'> {
  return async ({ scope }, { def_id, include_lineage = false }) => {
    requireReadAny(scope)
    const rows = await listEvaluationsOfDef(db, scope.tenantId, def_id, counted)
    const byDimension = new Groups()
    const byRole = new Groups()
    for (const { score, dimensions, emitter_role } of rows) {
      byRole.add(emitter_role, score)
      for (const [name, value] of Object.entries(JSON.parse(dimensions ?? '{}') as Record<string, number>)) {
        byDimension.add(name, value)
      }
    }
    return {
      def_id,
      count: rows.length,
      ...(rows.length > 0 ? { score: statisticsOf(rows.map(({ score }) => score)) } : {}),
      dimensions: byDimension.statistics(),
      by_emitter_role: byRole.statistics(),
      lineage_included: include_lineage,
    }
  }
}
