import type { evaluationOps, OpOutput } from '@loomcycle/proto'
import { listAncestors } from '../../engine/definitions/store.ts'
import type { Asker } from '../../ground/db/asker-line.ts'
import type { Database } from '../../ground/db/database.ts'
import { Groups, statisticsOf } from './statistics.ts'
import { listEvaluationsOfDef, listEvaluationsOfDefs } from './store.ts'

/** Of the latest; more would take long and say no more. */
const counted = 10_000
const generations = 100

/** All that was said about a definition, or about the agent of that name, in numbers. */
export async function aggregateOf(
  db: Database,
  asker: Asker,
  { def_id, include_lineage = false }: { def_id: string; include_lineage?: boolean },
): Promise<OpOutput<typeof evaluationOps, 'aggregate'>> {
  const line = include_lineage ? await listAncestors(db.read, asker.tenantId, 'AgentDef', def_id, generations) : []
  const page = { limit: counted }
  const rows = await (line.length > 0
    ? listEvaluationsOfDefs(
        db.aside(asker),
        asker.tenantId,
        line.map(({ id }) => id),
        page,
      )
    : listEvaluationsOfDef(db.aside(asker), asker.tenantId, def_id, page))
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
