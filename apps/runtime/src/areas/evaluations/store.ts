import type { Kysely, Selectable } from 'kysely'
import type { Statement } from '../../ground/db/commit-writer.ts'
import type { Database } from '../../ground/db/database.ts'
import type { EvaluationsTable } from '../../ground/db/schema/evaluations.ts'
import type { Schema } from '../../ground/db/schema/index.ts'

export type EvaluationRow = Selectable<EvaluationsTable>

export function insertEvaluation(db: Database, row: EvaluationRow): Statement {
  return db.sql.insertInto('evaluations').values(row).compile()
}

export function findEvaluation(db: Database, tenantId: string, id: string): Promise<EvaluationRow | undefined> {
  return db.read
    .selectFrom('evaluations')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Newest first. */
export function listEvaluationsOfRun(
  db: Database,
  tenantId: string,
  runId: string,
  limit: number,
): Promise<EvaluationRow[]> {
  return db.read
    .selectFrom('evaluations')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('run_id', '=', runId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Newest first; of a definition, or of all that an agent of this name did. */
export function listEvaluationsOfDef(
  db: Kysely<Schema>,
  tenantId: string,
  defId: string,
  limit: number,
): Promise<EvaluationRow[]> {
  return db
    .selectFrom('evaluations')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where((row) => row.or([row('agent', '=', defId), row('def_id', '=', defId)]))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
