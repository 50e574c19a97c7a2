import { type Kysely, type Selectable, sql } from 'kysely'
import { inList } from '../../../ground/db/dialect.ts'
import type { DocumentsTable } from '../../../ground/db/schema/documents.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'

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

export type FoundDocument = DocumentRow & { type: string; status: string }

/** With the labels of their root chunks; the last changed first. */
export async function listDocuments(db: Db, placeId: number, filter: DocumentFilter): Promise<FoundDocument[]> {
  let query = db
    .selectFrom('live_documents as d')
    .innerJoin('live_chunks as r', 'r.id', 'd.root_chunk_id')
    .selectAll('d')
    .select(['r.type', 'r.status'])
    .where('d.place_id', '=', placeId)
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
  return query.orderBy('d.updated_at', 'desc').orderBy('d.id').execute()
}
