import { type Kysely, sql } from 'kysely'
import { toIndexText } from '../../full-text/terms.ts'

/**
 * Full text is found in every script, and by the signs that belong to a name. Words are told apart before they get to the
 * index, which takes them as they are. What was said is indexed anew in the background and before answers; chunks are
 * here.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tokenize = `unicode61 remove_diacritics 0 categories 'L* N* M* S* Co'`
  await sql`drop table chat_texts`.execute(db)
  await sql`create table chat_texts (n integer primary key, session_id text not null, text text not null)`.execute(db)
  await sql`create index chat_texts_by_session on chat_texts (session_id)`.execute(db)
  await sql`create virtual table chat_fts using fts5 (
    words, owners, content = '', contentless_delete = 1, tokenize = ${sql.lit(tokenize)}
  )`.execute(db)
  await sql`insert into chat_fts (chat_fts, rank) values ('rank', 'bm25(1.0, 0.0)')`.execute(db)
  await sql`delete from chat_indexed`.execute(db)
  await sql`insert or ignore into chat_unindexed (session_id, tenant_id) select id, tenant_id from sessions`.execute(db)

  await sql`drop table chunk_fts`.execute(db)
  await sql`create virtual table chunk_fts using fts5 (
    place, title, body, extra, content = '', contentless_delete = 1, tokenize = ${sql.lit(tokenize)}
  )`.execute(db)
  for (let last = 0; ; ) {
    const rows = await chunksAfter(db, last)
    for (const { n, place_id, title, body, fields, labels } of rows) {
      const extra = [labels, ...textsOf(fields)].join(' ')
      await sql`insert into chunk_fts (rowid, place, title, body, extra) values (
        ${n}, ${`place${place_id}`}, ${toIndexText(title)}, ${toIndexText(body)}, ${toIndexText(extra)})`.execute(db)
    }
    if (rows.length === 0) return
    last = rows.at(-1)!.n
  }
}

const chunksAtOnce = 200

interface Row {
  n: number
  place_id: number
  title: string
  body: string
  fields: string | null
  labels: string
}

async function chunksAfter(db: Kysely<unknown>, last: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select c.n, c.place_id, c.title, t.preamble || t.body as body, t.fields,
      c.type || ' ' || c.status || ' ' || coalesce(
        (select group_concat(tag, ' ') from chunk_tags where chunk_id = c.id), '') as labels
    from chunks as c join chunk_contents as t on t.n = c.n
    where c.n > ${last} order by c.n limit ${chunksAtOnce}`.execute(db)
  return rows
}

/** What cannot be read keeps nobody from their data. */
function textsOf(fields: string | null): string[] {
  try {
    return Object.values(JSON.parse(fields ?? '{}') as object).flatMap(textsIn)
  } catch {
    return []
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.flatMap(textsIn) : []
}
