import { setImmediate } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { inSlices } from '../../../ground/in-slices.ts'
import { sorted } from '../../../ground/lists-in-slices.ts'
import { cosine, fromBlob, toBlob } from '../../memory/vectors/nearest.ts'

type Db = Kysely<Schema>

export interface SearchArea {
  placeId: number
  documentId: string | undefined
}

/** Only vectors with all of this in common can be compared. */
export interface VectorKind {
  provider: string
  model: string
  dimension: number
}

export interface Unembedded {
  id: string
  headings: string
}

export interface NewEmbedding extends Unembedded {
  n: number
  revision: number
  vector: Float32Array
}

export interface Near {
  id: string
  score: number
}

/** How many vectors are compared before others have their turn. */
const PAGE = 500

/** The first chunks without a vector of this kind that says what and where they are now, and how many those are in all. */
export async function listUnembedded(db: Db, { placeId, documentId }: SearchArea, kind: VectorKind, limit: number) {
  const { rows } = await sql<Unembedded & { total: number }>`
    with recursive outline (n, id, document_id, title, revision, headings) as (
      select c.n, c.id, c.document_id, c.title, c.revision, substr(c.title, 1, 0)
      from live_documents as d join live_chunks as c on c.document_id = d.id and c.parent_id = ''
      where d.place_id = ${placeId} ${inDocument('d.id', documentId)}
      union all
      select c.n, c.id, c.document_id, c.title, c.revision, o.headings || o.title || ${'\n'}
      from outline as o cross join live_chunks as c on c.document_id = o.document_id and c.parent_id = o.id
    )
    select o.id, o.headings, count(*) over () as total from outline as o
    left join chunk_embeddings as e on e.n = o.n and e.place_id = ${placeId} and e.revision = o.revision
      and e.headings = o.headings and ${isOf(kind)}
    where e.n is null
    order by o.n limit ${limit}`.execute(db)
  return { first: rows, total: rows[0]?.total ?? 0 }
}

/** What was changed or deleted while it was being embedded is left out. */
export async function putEmbeddings(tx: Db, placeId: number, kind: VectorKind, embedded: readonly NewEmbedding[]) {
  for (const { n, id, revision, headings, vector } of embedded) {
    await sql`
      insert into chunk_embeddings (n, place_id, revision, headings, provider, model, dimension, vector)
      select n, place_id, revision, ${headings}, ${kind.provider}, ${kind.model}, ${kind.dimension}, ${toBlob(vector)}
      from live_chunks
      where n = ${n} and id = ${id} and place_id = ${placeId} and revision = ${revision}
      on conflict (n) do update set place_id = excluded.place_id, revision = excluded.revision,
        headings = excluded.headings, provider = excluded.provider, model = excluded.model,
        dimension = excluded.dimension, vector = excluded.vector`.execute(tx)
  }
}

/** The closest first. */
export async function nearestChunks(
  db: Db,
  { placeId, documentId }: SearchArea,
  kind: VectorKind,
  query: Float32Array,
): Promise<Near[]> {
  const near: Array<Near & { n: number }> = []
  for (let last = -1; ; await setImmediate()) {
    const { rows } = await sql<{ n: number; id: string; vector: Uint8Array }>`
      select e.n, c.id, e.vector
      from chunk_embeddings as e join live_chunks as c on c.n = e.n and c.revision = e.revision
      where e.place_id = ${placeId} and c.place_id = ${placeId} and e.n > ${last} and ${isOf(kind)}
        ${inDocument('c.document_id', documentId)}
      order by e.n limit ${PAGE}`.execute(db)
    for (const { n, id, vector } of rows) near.push({ n, id, score: cosine(query, fromBlob(vector)) })
    if (rows.length < PAGE) break
    last = rows.at(-1)!.n
  }
  return inSlices(sorted(near, (a, b) => b.score - a.score || a.n - b.n))
}

function isOf({ provider, model, dimension }: VectorKind) {
  return sql`e.provider = ${provider} and e.model = ${model} and e.dimension = ${dimension}`
}

function inDocument(column: string, documentId: string | undefined) {
  return documentId === undefined ? sql`` : sql`and ${sql.ref(column)} = ${documentId}`
}
