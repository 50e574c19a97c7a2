import type pg from 'pg'
import { toIndexText } from '../../../full-text/terms.ts'
import { textsIn } from '../../../full-text/texts-in.ts'
import type { Table } from './tables.ts'

/** Of what was said and is found by its words. Whoever starts makes it anew, a little at a time and before answers. */
const madeAnew = new Set(['chat_texts', 'chat_indexed'])

export function isMoved({ name }: Table): boolean {
  return !madeAnew.has(name)
}

/** Has what was said indexed anew. */
export const indexChats = `insert into chat_unindexed (session_id, tenant_id)
  select id, tenant_id from sessions on conflict do nothing`

interface Chunk {
  n: number
  place_id: number
  title: string
  body: string
  labels: string | null
  fields: string | null
}

const chunksAtOnce = 200

/** Puts the chunks behind a number in the index, some at once; returns the last one's number, or undefined where there was none. */
export async function indexChunks(target: pg.ClientBase, after: number): Promise<number | undefined> {
  const { rows } = await target.query<Chunk>(
    `select c.n, c.place_id, c.title, t.preamble || t.body as body, t.fields,
      concat_ws(' ', (select string_agg(tag, ' ') from chunk_tags where chunk_id = c.id), c.type, c.status) as labels
    from chunks as c join chunk_contents as t on t.n = c.n where c.n > $1 order by c.n limit ${chunksAtOnce}`,
    [after],
  )
  const values = rows.map(({ n, place_id, title, body, labels, fields }) => [
    n,
    `place${place_id}`,
    toIndexText(title),
    toIndexText(body),
    toIndexText([labels, ...textsOf(fields)].join(' ')),
  ])
  await target.query(
    `insert into chunk_fts (rowid, place, title, body, extra)
      select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[])`,
    [0, 1, 2, 3, 4].map((column) => values.map((row) => row[column])),
  )
  return rows.at(-1)?.n
}

/** What cannot be read keeps nobody from their data. */
function textsOf(fields: string | null): string[] {
  try {
    return Object.values(JSON.parse(fields ?? '{}') as object).flatMap(textsIn)
  } catch {
    return []
  }
}
