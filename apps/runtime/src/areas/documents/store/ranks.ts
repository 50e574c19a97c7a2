import { boardType, mainBoard } from '@loomcycle/proto'
import { type Kysely, sql } from 'kysely'
import { inList } from '../../../ground/db/dialect.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'

type Db = Kysely<Schema>

/** The chunks of a document that have one status, those included that come or go, but for one of them. */
export interface Column {
  document_id: string
  status: string
  except?: number
}

function cards(db: Db, { document_id, status, except = 0 }: Column) {
  // Said in the words of the index, which leaves out chunks without a status.
  return db
    .selectFrom('chunks')
    .select('rank')
    .where('document_id', '=', document_id)
    .where(sql<boolean>`status = ${status} and status <> ''`)
    .where('n', '<>', except)
}

export async function lastRank(db: Db, column: Column): Promise<string | null> {
  const row = await cards(db, column).orderBy('rank', 'desc').limit(1).executeTakeFirst()
  return row?.rank ?? null
}

/** Where a column ends, and what the board of the document says, if it has one: in one question, which nearly every write asks. */
export async function endOfColumn(db: Db, column: Column): Promise<{ rank: string | null; board: string | null }> {
  const { rows } = await sql<{ rank: string | null; board: string | null }>`
    select (${cards(db, column).orderBy('rank', 'desc').limit(1)}) as rank, (
      select t.fields from live_chunks as b join chunk_contents as t on t.n = b.n
      where b.document_id = ${column.document_id} and b.natural_key = ${mainBoard} and b.type = ${boardType}) as board`.execute(
    db,
  )
  return rows[0]!
}

export async function findRankAfter(db: Db, column: Column, rank: string): Promise<string | null> {
  const row = await cards(db, column).where('rank', '>', rank).orderBy('rank').limit(1).executeTakeFirst()
  return row?.rank ?? null
}

export async function findRankBefore(db: Db, column: Column, rank: string): Promise<string | null> {
  const row = await cards(db, column).where('rank', '<', rank).orderBy('rank', 'desc').limit(1).executeTakeFirst()
  return row?.rank ?? null
}

interface RankedRow {
  n: number
  id: string
  rank: string
}

/** The cards on both sides of a place between two ranks, so many of each, in order; and the ranks beyond them. */
export async function listAround(
  db: Db,
  column: Column,
  { from, to }: { from: string | null; to: string | null },
  count: number,
): Promise<{ before: RankedRow[]; after: RankedRow[]; low: string | null; high: string | null }> {
  const all = cards(db, column)
    .select(['n', 'id'])
    .limit(count + 1)
  const before =
    from === null ? [] : await all.where('rank', '<=', from).orderBy('rank', 'desc').orderBy('n', 'desc').execute()
  const after = to === null ? [] : await all.where('rank', '>=', to).orderBy('rank').orderBy('n').execute()
  return {
    before: before.slice(0, count).reverse(),
    after: after.slice(0, count),
    low: before[count]?.rank ?? null,
    high: after[count]?.rank ?? null,
  }
}

export async function updateRanks(tx: Db, ranks: readonly Pick<RankedRow, 'n' | 'rank'>[]): Promise<void> {
  const given = JSON.stringify(ranks.map(({ n, rank }) => [n, rank]))
  await sql`
    update chunks set rank = j.value ->> 1 from json_each(${given}) as j
    where chunks.n = cast(j.value ->> 0 as bigint)`.execute(tx)
}

export async function hasRank(db: Db, column: Column, rank: string): Promise<boolean> {
  return (await cards(db, column).where('rank', '=', rank).limit(1).executeTakeFirst()) !== undefined
}

/** Of a card that is in the column. */
export async function findRankOf(
  db: Db,
  { document_id, status, except = 0 }: Column,
  id: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('live_chunks')
    .select('rank')
    .where((e) => e.and({ id, document_id, status }))
    .where('n', '<>', except)
    .executeTakeFirst()
  return row?.rank
}

/** The statuses of those of these chunks that are there. */
export async function listStatuses(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.selectFrom('live_chunks').select(['id', 'status']).where('id', 'in', inList(ids)).execute()
  return new Map(rows.map(({ id, status }) => [id, status]))
}
