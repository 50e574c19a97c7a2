import { type BoardColumn, type BoardSettings, boardType, commentType, mainBoard } from '@loomcycle/proto'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { boardOf } from '../board/settings.ts'

type Db = Kysely<Schema>

export interface ColumnCount {
  status: string
  cards: number
}

function cards(db: Db, documentId: string, rootId: string) {
  // Said in the words of the index, which leaves out chunks without a status.
  return db
    .selectFrom('live_chunks')
    .where('document_id', '=', documentId)
    .where(sql<boolean>`status <> ''`)
    .where('id', '<>', rootId)
    .where('type', '<>', commentType)
    .where('type', 'not like', 'loom/%')
}

/** How many cards have which status, or this one. */
export async function countCards(db: Db, documentId: string, rootId: string, status?: string): Promise<ColumnCount[]> {
  let query = cards(db, documentId, rootId).select(['status', (e) => e.fn.countAll<number>().as('cards')])
  if (status !== undefined) query = query.where('status', '=', status)
  return query.groupBy('status').execute()
}

/** The first of a column, in order. */
export async function listCardTitles(
  db: Db,
  documentId: string,
  rootId: string,
  status: string,
  limit: number,
): Promise<Array<{ id: string; title: string }>> {
  return cards(db, documentId, rootId)
    .select(['id', 'title'])
    .where('status', '=', status)
    .orderBy('rank')
    .limit(limit)
    .execute()
}

/** What the board says now; undefined where there is none. */
export async function findBoard(db: Db, documentId: string): Promise<BoardSettings | undefined> {
  const row = await db
    .selectFrom('live_chunks as c')
    .innerJoin('chunk_contents as t', 't.n', 'c.n')
    .select('t.fields')
    .where((e) => e.and({ 'c.document_id': documentId, 'c.natural_key': mainBoard, 'c.type': boardType }))
    .executeTakeFirst()
  return boardOf(row?.fields ?? null)
}

/** What it says of its columns. */
export async function listColumns(db: Db, documentId: string): Promise<readonly BoardColumn[]> {
  return (await findBoard(db, documentId))?.columns ?? []
}

/** What it says of one; undefined where it says nothing. */
export async function findColumn(
  db: Db,
  { document_id, status }: { document_id: string; status: string },
): Promise<BoardColumn | undefined> {
  return (await listColumns(db, document_id)).find((column) => column.status === status)
}
