import { CompiledQuery, type Insertable, type Kysely, type Selectable } from 'kysely'
import type { CardStartsTable } from '../../../ground/db/schema/card-starts.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import type { Statement } from '../../../ground/db/statement.ts'

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

/** Whether the agent works on a card because of the column it is in, and has not ended. */
export async function isAtWork(
  tx: Db,
  { id, document_id, status }: { id: string; document_id: string; status: string },
  agent: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom('card_starts as s')
    .innerJoin('runs as r', 'r.id', 's.run_id')
    .select('s.n')
    .where((e) => e.and({ 's.document_id': document_id, 's.chunk_id': id, 's.status': status, 's.agent': agent }))
    .where('s.comment_id', '=', '')
    .where('r.status', '=', 'running')
    .executeTakeFirst()
  return row !== undefined
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
    .groupBy(['place_id', 'document_id', 'status'])
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

/** How many of its runs there may be at once. */
export interface Limit {
  document_id: string
  status: string
  /** Whose runs count that a comment has started; empty where none do. */
  mentioned: string
  most: number
}

// Once for a question, and once in the commit that starts one more.
const atWork = `(select count(*) from card_starts where document_id = ? and run_id is not null
  and (comment_id = '' and status = ? or comment_id <> '' and agent = ?))`
const parametersOf = ({ document_id, status, mentioned }: Limit) => [document_id, status, mentioned]

/** Whether one more may be worked on. */
export async function hasRoom(db: Db, limits: readonly Limit[]): Promise<boolean> {
  for (const limit of limits) {
    const question = CompiledQuery.raw(`select ${atWork} as n`, parametersOf(limit))
    const { rows } = await db.executeQuery<{ n: number }>(question)
    if (rows[0]!.n >= limit.most) return false
  }
  return true
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

/** Together with the run. Fails where somebody was faster, or where so many are worked on already. */
export function markStarted({ n }: CardStart, runId: string, limits: readonly Limit[]): Statement {
  return {
    sql: `update card_starts set run_id = ? where n = ? and run_id is null${limits.map(() => ` and ${atWork} < ?`).join('')}`,
    parameters: [runId, n, ...limits.flatMap((limit) => [...parametersOf(limit), limit.most])],
    mustChange: true,
  }
}

/** False where it was gone already. */
export async function deleteStart(tx: Db, { n }: Pick<CardStart, 'n'>): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('card_starts').where('n', '=', n).executeTakeFirst()
  return numDeletedRows > 0n
}
