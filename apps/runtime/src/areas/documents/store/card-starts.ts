import type { Insertable, Kysely, Selectable } from 'kysely'
import type { Statement } from '../../../ground/db/commit-writer.ts'
import type { CardStartsTable } from '../../../ground/db/schema/card-starts.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'

type Db = Kysely<Schema>
export type CardStart = Selectable<CardStartsTable>

export async function insertCardStart(tx: Db, row: Insertable<CardStartsTable>): Promise<void> {
  await tx.insertInto('card_starts').values(row).execute()
}

/** What waits for a card because of the column it is in. */
export async function deleteWaiting(tx: Db, { id, document_id }: { id: string; document_id: string }): Promise<void> {
  await tx
    .deleteFrom('card_starts')
    .where((e) => e.and({ document_id, chunk_id: id, comment_id: '' }))
    .where('run_id', 'is', null)
    .execute()
}

/** Mentions that wait, the first to come first. */
export async function listWaitingMentions(db: Db, after: number, limit: number): Promise<CardStart[]> {
  return db
    .selectFrom('card_starts')
    .selectAll()
    .where('run_id', 'is', null)
    .where('comment_id', '<>', '')
    .where('n', '>', after)
    .orderBy('n')
    .limit(limit)
    .execute()
}

export interface Line {
  place_id: number
  document_id: string
  status: string
}

/** Columns in which cards wait for their agent. */
export async function listLines(db: Db): Promise<Line[]> {
  return db
    .selectFrom('card_starts')
    .select(['place_id', 'document_id', 'status'])
    .where('run_id', 'is', null)
    .where('comment_id', '=', '')
    .groupBy(['document_id', 'status'])
    .execute()
}

export async function findFirstInLine(db: Db, { document_id, status }: Line): Promise<CardStart | undefined> {
  return db
    .selectFrom('card_starts')
    .selectAll()
    .where((e) => e.and({ document_id, status, comment_id: '' }))
    .where('run_id', 'is', null)
    .orderBy('n')
    .limit(1)
    .executeTakeFirst()
}

/** How many of a column's cards are worked on. */
export async function countAtWork(db: Db, { document_id, status }: Line): Promise<number> {
  const { n } = await db
    .selectFrom('card_starts')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where((e) => e.and({ document_id, status, comment_id: '' }))
    .where('run_id', 'is not', null)
    .executeTakeFirstOrThrow()
  return n
}

/** Those whose run has ended, or is gone, and of which nothing is said yet. */
export async function listEndedStarts(db: Db, after: number, limit: number): Promise<CardStart[]> {
  return db
    .selectFrom('card_starts as s')
    .leftJoin('runs as r', 'r.id', 's.run_id')
    .selectAll('s')
    .where('s.run_id', 'is not', null)
    .where('s.n', '>', after)
    .where((e) => e.or([e('r.id', 'is', null), e('r.status', '<>', 'running')]))
    .orderBy('s.n')
    .limit(limit)
    .execute()
}

/** Of the cards of a document, or of one. */
export async function listWaiting(
  db: Db,
  documentId: string,
  chunkId: string | undefined,
  limit: number,
): Promise<CardStart[]> {
  let query = db.selectFrom('card_starts').selectAll().where('document_id', '=', documentId)
  if (chunkId !== undefined) query = query.where('chunk_id', '=', chunkId)
  return query.where('run_id', 'is', null).orderBy('n').limit(limit).execute()
}

/** Together with the run. Fails where somebody was faster, or where so many of its column are worked on already. */
export function markStarted(
  { n, document_id, status, comment_id }: CardStart,
  runId: string,
  atOnce: number,
): Statement {
  return {
    sql: `update card_starts set run_id = ? where n = ? and run_id is null and (? <> '' or ? > (
      select count(*) from card_starts where document_id = ? and status = ? and comment_id = '' and run_id is not null))`,
    parameters: [runId, n, comment_id, atOnce, document_id, status],
    mustChange: true,
  }
}

/** False where it was gone already. */
export async function deleteStart(tx: Db, { n }: Pick<CardStart, 'n'>): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('card_starts').where('n', '=', n).executeTakeFirst()
  return numDeletedRows > 0n
}
