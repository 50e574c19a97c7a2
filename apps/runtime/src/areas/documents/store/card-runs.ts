import { type Kysely, type Selectable, sql } from 'kysely'
import { fromRow, type RunRecord } from '../../../engine/rows/run-record.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import type { RunsTable } from '../../../ground/db/schema/runs.ts'

type Db = Kysely<Schema>

// In the words of the indexes.
const document = sql`options ->> '$.parentContext.board_document_id'`
const card = sql`options ->> '$.parentContext.board_chunk_id'`

/** Runs that go on and are about a card of a document, or about this one, the newest first. */
export async function listLiveCardRuns(
  db: Db,
  { tenantId, documentId, chunkId }: CardRunFilter,
  limit: number,
): Promise<RunRecord[]> {
  const { rows } = await sql<Selectable<RunsTable>>`
    select * from runs where status = 'running' and ${document} is not null and ${document} = ${documentId}
      and +tenant_id = ${tenantId} ${chunkId === undefined ? sql`` : sql`and ${card} = ${chunkId}`}
    order by started_at desc, id desc limit ${limit}`.execute(db)
  return rows.map(fromRow)
}

/** Runs that have ended and were about this card, the newest first. */
export async function listEndedCardRuns(
  db: Db,
  { tenantId, documentId, chunkId }: Required<CardRunFilter>,
  limit: number,
): Promise<RunRecord[]> {
  const { rows } = await sql<Selectable<RunsTable>>`
    select * from runs where ${document} is not null and ${document} = ${documentId} and ${card} = ${chunkId}
      and +tenant_id = ${tenantId} and +status <> 'running'
      and not exists (select 1 from sessions as s where s.id = runs.session_id and s.deleted_at is not null)
    order by started_at desc limit ${limit}`.execute(db)
  return rows.map(fromRow)
}

export interface CardRunFilter {
  tenantId: string
  documentId: string
  chunkId?: string | undefined
}
