import { type Kysely, sql } from 'kysely'
import { inNumbers } from '../../../ground/db/dialect.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { toIndexText } from '../../../ground/full-text/terms.ts'
import { textsIn } from '../../../ground/full-text/texts-in.ts'
import type { StoredChunk } from '../chunks/chunk.ts'
import { insertRows } from './insert-rows.ts'

type Db = Kysely<Schema>

/** What is found in a chunk: its title, its text, and the rest that has words. */
export async function indexChunks(
  tx: Db,
  placeId: number,
  chunks: ReadonlyArray<Omit<StoredChunk, 'position'>>,
): Promise<void> {
  await insertRows(
    tx,
    'insert into chunk_fts',
    ['rowid', 'place', 'title', 'body', 'extra'],
    chunks.map((chunk) => [
      chunk.n,
      placeToken(placeId),
      toIndexText(chunk.title),
      toIndexText(`${chunk.preamble}${chunk.body}`),
      toIndexText(
        [...chunk.tags, chunk.type, chunk.status, ...Object.values(chunk.fields ?? {}).flatMap(textsIn)].join(' '),
      ),
    ]),
  )
}

export async function unindexChunks(tx: Db, chunks: ReadonlyArray<{ n: number }>): Promise<void> {
  const numbers = inNumbers(chunks.map(({ n }) => n))
  await sql`delete from chunk_fts where rowid in ${numbers}`.execute(tx)
}

export interface Found {
  id: string
  document_id: string
  title: string
  type: string
  body: string
  score: number
}

/** A word that more chunks have than this says little; the newest ones are ranked. */
const mostRanked = 20_000

/** The closest first; `match` is FTS5's language. */
export async function searchChunks(
  db: Db,
  placeId: number,
  match: string,
  {
    documentId,
    unlessLinkedTo,
    limit,
  }: { documentId?: string | undefined; unlessLinkedTo?: string | undefined; limit: number },
): Promise<Found[]> {
  const inDocument = documentId === undefined ? sql`` : sql`and c.document_id = ${documentId}`
  const without =
    unlessLinkedTo === undefined
      ? sql``
      : sql`and c.id <> ${unlessLinkedTo} and not exists (
    select 1 from chunk_edges where from_id = c.id and to_id = ${unlessLinkedTo})`
  const { rows } = await sql<Found>`
    with ranked as materialized (
      select f.rowid as n, -f.rank as score
      from chunk_fts(${inPlace(placeId, match)}, 'bm25(0, 8, 1, 2)') as f cross join live_chunks as c on c.n = f.rowid
      where c.place_id = ${placeId} ${inDocument} ${without}
      order by f.rowid desc limit ${mostRanked})
    select c.id, c.document_id, c.title, c.type, t.body, r.score
    from (select * from ranked order by score desc, n limit ${limit}) as r
    join chunks as c on c.n = r.n
    join chunk_contents as t on t.n = c.n
    order by r.score desc, r.n`.execute(db)
  return rows
}

/** The index is everybody's, so each question is narrowed to the rows of one place before they are ranked. */
export function inPlace(placeId: number, match: string): string {
  return `place : ${placeToken(placeId)} AND {title body extra} : (${match})`
}

function placeToken(placeId: number): string {
  return `place${placeId}`
}
