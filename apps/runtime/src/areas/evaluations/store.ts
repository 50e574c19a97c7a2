import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from '../../ground/db/database.ts'
import { isBehind } from '../../ground/db/is-behind.ts'
import type { EvaluationsTable } from '../../ground/db/schema/evaluations.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Statement } from '../../ground/db/statement.ts'

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

export interface EvaluationPage {
  /** Key of the row before the page, as `evaluationKey` makes it. */
  after?: readonly unknown[] | undefined
  limit: number
}

/** What evaluations are sorted by. */
export function evaluationKey({ created_at, id }: EvaluationRow) {
  return [created_at, id] as const
}

export function listEvaluationsOfRun(
  db: Database,
  tenantId: string,
  runId: string,
  page: EvaluationPage,
): Promise<EvaluationRow[]> {
  return newestFirst(ofTenant(db.read, tenantId).where('run_id', '=', runId), page)
}

/** Of a definition, or of all that an agent of this name did. */
export function listEvaluationsOfDef(
  db: Kysely<Schema>,
  tenantId: string,
  defId: string,
  page: EvaluationPage,
): Promise<EvaluationRow[]> {
  const found = ofTenant(db, tenantId).where((row) => row.or([row('agent', '=', defId), row('def_id', '=', defId)]))
  return newestFirst(found, page)
}

/** Of any of these definitions. */
export function listEvaluationsOfDefs(
  db: Kysely<Schema>,
  tenantId: string,
  defIds: readonly string[],
  page: EvaluationPage,
): Promise<EvaluationRow[]> {
  return newestFirst(ofTenant(db, tenantId).where('def_id', 'in', defIds), page)
}

function ofTenant(db: Kysely<Schema>, tenantId: string) {
  return db.selectFrom('evaluations').where('tenant_id', '=', tenantId)
}

function newestFirst(query: SelectQueryBuilder<Schema, 'evaluations', object>, { after, limit }: EvaluationPage) {
  return query
    .$if(after !== undefined, (found) => found.where(isBehind([sql`created_at`, sql`id`], after!, 'desc')))
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
