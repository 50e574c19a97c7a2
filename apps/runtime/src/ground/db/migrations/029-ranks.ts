import { type Kysely, sql } from 'kysely'

/**
 * A chunk with a status has a rank among those of its document that have the same: the order of cards in a column of a
 * board, which come from anywhere in the tree. Those that are there are ranked as they stand in their document, from top
 * to bottom, in one walk over every tree.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table chunks add column rank text not null default ''`.execute(db)
  await sql`create temp table walked (at integer primary key, n integer, document_id text, status text)`.execute(db)
  // What is deepest comes out of the queue first, so that a chunk's children come right behind it.
  await sql`
    insert into walked (n, document_id, status)
    with recursive tree (n, id, document_id, status, depth, shelf, slot) as (
      select n, id, document_id, status, 0, shelf, slot from chunks
      where parent_id = '' and document_id in (select document_id from chunks where status <> '')
      union all
      select c.n, c.id, c.document_id, c.status, t.depth + 1, c.shelf, c.slot
      from tree as t cross join chunks as c on c.document_id = t.document_id and c.parent_id = t.id
      order by 5 desc, 6, 7
    ) select n, document_id, status from tree`.execute(db)
  await sql`delete from walked where status = ''`.execute(db)
  await sql`
    update chunks set rank = ${rankOf(sql`r.i`)}
    from (select n, row_number() over (partition by document_id, status order by at) as i from walked) as r
    where chunks.n = r.n`.execute(db)
  await sql`drop table walked`.execute(db)
  // On the way in or out, and without its parent.
  await sql`update chunks set rank = ${rankOf(sql`0`)} where status <> '' and rank = ''`.execute(db)
  await sql`create index chunks_by_rank on chunks (document_id, status, rank) where status <> ''`.execute(db)
}

/** A whole number as a rank of four digits, so that there is room for fourteen million in a column. */
function rankOf(i: ReturnType<typeof sql>) {
  const digits = sql.lit('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
  const digit = (worth: number) => sql`substr(${digits}, (${i} / ${sql.lit(worth)}) % 62 + 1, 1)`
  return sql`'d' || ${digit(62 ** 3)} || ${digit(62 ** 2)} || ${digit(62)} || ${digit(1)}`
}
