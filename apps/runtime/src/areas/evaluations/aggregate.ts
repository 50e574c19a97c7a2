import type { evaluationOps, OpOutput } from '@loomcycle/proto'
import type { Database } from '../../ground/db/database.ts'
import type { Asker } from '../../ground/db/reading-thread.ts'
import { Groups, statisticsOf } from './statistics.ts'
import { listEvaluationsOfDef } from './store.ts'

/** Of the latest; more would take long and say no more. */
const counted = 10_000

/** All that was said about a definition, or about the agent of that name, in numbers. */
export async function aggregateOf(
  db: Database,
  asker: Asker,
  { def_id, include_lineage = false }: { def_id: string; include_lineage?: boolean },
): Promise<OpOutput<typeof evaluationOps, 'aggregate'>> {
  const rows = await listEvaluationsOfDef(db.aside(asker), asker.tenantId, def_id, { limit: counted })
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
