import { type Kysely, type Selectable, sql } from 'kysely'
import { asJsonList, inList } from '../../../ground/db/dialect.ts'
import type { DocumentsTable } from '../../../ground/db/schema/documents.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { isIn } from './places.ts'

type Db = Kysely<Schema>
export type DocumentRow = Selectable<DocumentsTable>

export async function findDocument(db: Db, placeId: number, id: string): Promise<DocumentRow | undefined> {
  return db
    .selectFrom('live_documents')
    .selectAll()
    .where('place_id', '=', placeId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function insertDocument(tx: Db, document: DocumentRow): Promise<void> {
  await tx.insertInto('documents').values(document).execute()
}

export async function deleteDocumentRow(tx: Db, id: string): Promise<void> {
  await tx.deleteFrom('documents').where('id', '=', id).execute()
}

/** Nothing happens where the chunk is no document's root. */
export async function updateDocumentTitle(
  tx: Db,
  rootChunkId: string,
  documentId: string,
  title: string,
): Promise<void> {
  await tx
    .updateTable('documents')
    .set({ title })
    .where((e) => e.and({ id: documentId, root_chunk_id: rootChunkId }))
    .execute()
}

export async function touchDocuments(tx: Db, ids: readonly string[], now: number): Promise<void> {
  await tx.updateTable('documents').set({ updated_at: now }).where('id', 'in', inList(ids)).execute()
}

export async function countChunks(db: Db, documentId: string): Promise<number> {
  const { n } = await db
    .selectFrom('live_chunks')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('document_id', '=', documentId)
    .executeTakeFirstOrThrow()
  return n
}

export interface DocumentFilter {
  ids?: readonly string[] | undefined
  type?: string | undefined
  status?: string | undefined
  tag?: string | undefined
  /** A part of its title, as titles are compared, or that it is one of these. */
  named?: { titlePart: string; ids: readonly string[] } | undefined
  /** When the document before the page was changed, and its id. */
  after?: readonly unknown[] | undefined
  limit?: number
}

/** Whether an index leads to the first of them, however many there are. */
export function isFollowingAnIndex({ limit, after: _, ...narrowing }: DocumentFilter): boolean {
  return limit !== undefined && Object.values(narrowing).every((value) => value === undefined)
}

const few = 1000

/** Whether a place has so few that any question about them is soon answered. */
export async function hasFewDocuments(db: Db, placeId: number): Promise<boolean> {
  const { rows } = await sql`select 1 from documents where place_id = ${placeId} limit ${few + 1}`.execute(db)
  return rows.length <= few
}

/** A document as it was found, by which the next page begins behind it. */
export type DocumentKey = Pick<DocumentRow, 'id' | 'updated_at'>

/** The last changed first. Of very many, one text is sooner handed over than a row each. */
export async function findDocuments(db: Db, placeId: number, filter: DocumentFilter): Promise<DocumentKey[]> {
  let query = db
    .selectFrom('live_documents as d')
    .innerJoin('live_chunks as r', 'r.id', 'd.root_chunk_id')
    .select(['d.id', 'd.updated_at'])
    .where(filter.ids ? isIn('d', placeId) : sql<boolean>`d.place_id = ${placeId}`)
  if (filter.ids) query = query.where('d.id', 'in', inList(filter.ids))
  if (filter.type !== undefined) query = query.where('r.type', '=', filter.type)
  if (filter.status !== undefined) query = query.where('r.status', '=', filter.status)
  if (filter.tag !== undefined) {
    query = query.where(
      sql<boolean>`exists (select 1 from chunk_tags where chunk_id = d.root_chunk_id and tag = ${filter.tag})`,
    )
  }
  if (filter.named) {
    const { titlePart, ids } = filter.named
    query = query.where(sql<boolean>`(instr(r.title_key, ${titlePart}) > 0 or d.id in ${inList(ids)})`)
  }
  if (filter.after) {
    const [at, id] = filter.after
    query = query.where(sql<boolean>`d.updated_at <= ${at} and (d.updated_at < ${at} or d.id > ${id})`)
  }
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  const ordered = query.orderBy('d.updated_at', 'desc').orderBy('d.id')
  const found = await db
    .selectFrom(ordered.as('found'))
    .select([asJsonList('found.id').as('ids'), asJsonList('found.updated_at').as('times')])
    .executeTakeFirstOrThrow()
  const times = JSON.parse(found.times) as number[]
  return (JSON.parse(found.ids) as string[]).map((id, i) => ({ id, updated_at: times[i]! }))
}

export type FoundDocument = DocumentRow & { type: string; status: string }

/** With the labels of their root chunks, in this order, as far as they are there. */
export async function listDocuments(db: Db, placeId: number, ids: readonly string[]): Promise<FoundDocument[]> {
  const rows = await db
    .selectFrom('live_documents as d')
    .innerJoin('live_chunks as r', 'r.id', 'd.root_chunk_id')
    .selectAll('d')
    .select(['r.type', 'r.status'])
    .where(isIn('d', placeId))
    .where('d.id', 'in', inList(ids))
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
