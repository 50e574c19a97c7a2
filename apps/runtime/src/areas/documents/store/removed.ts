import { type Kysely, sql } from 'kysely'
import { inList, inNumbers } from '../../../ground/db/dialect.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { parseJson } from '../../../ground/json.ts'
import type { StoredChunk } from '../chunks/chunk.ts'
import { type Batch, isStaying } from './batches.ts'
import { toStoredChunk } from './chunks.ts'
import type { Edge } from './edges.ts'
import { insertRows } from './insert-rows.ts'
import { tagsOf } from './tags.ts'

type Db = Kysely<Schema>

export interface RemovedChunk extends StoredChunk {
  /** It was there, and not still on its way when its document went. */
  wasThere: boolean
  /** The batch it names, which may not be the one it goes with. */
  batch: number | null
}

/** Some that go with a batch, as they are stored. */
export async function listRemoved(
  tx: Db,
  { id, document_id }: Pick<Batch, 'id' | 'document_id'>,
  limit: number,
): Promise<RemovedChunk[]> {
  return listHidden(tx, document_id === null ? sql`c.batch = ${id}` : sql`c.document_id = ${document_id}`, limit)
}

/** Those on their way out that still have one of these keys, each with what it goes with. */
export async function listRemovedByKeys(tx: Db, documentId: string, keys: readonly string[]) {
  const held = sql`c.document_id = ${documentId} and c.natural_key in ${inList(keys)} and not ${isStaying}`
  const chunks = await listHidden(tx, held, keys.length)
  if (chunks.length === 0) return []
  const numbers = inNumbers(chunks.flatMap(({ batch }) => batch ?? []))
  const batches = await tx.selectFrom('chunk_batches').selectAll().where('id', 'in', numbers).execute()
  const byId = new Map(batches.map((batch) => [batch.id, batch]))
  return chunks.flatMap((chunk) => {
    const batch = byId.get(chunk.batch ?? 0)
    return batch ? [{ chunk, batch }] : []
  })
}

async function listHidden(tx: Db, condition: ReturnType<typeof sql>, limit: number): Promise<RemovedChunk[]> {
  const { rows } = await sql<Parameters<typeof toStoredChunk>[0] & { batch: number | null; coming: number }>`
    select c.*, coalesce(s.base, 0) + c.slot as position, t.body, t.fields, t.preamble, t.markup, t.asset,
      ${tagsOf('c')} as tags,
      case when c.batch in (select id from chunk_batches where state in ('coming', 'dropped')) then 1 else 0 end as coming
    from chunks as c
    join chunk_contents as t on t.n = c.n
    left join chunk_shelves as s on s.document_id = c.document_id and s.parent_id = c.parent_id and s.shelf = c.shelf
    where ${condition} limit ${limit}`.execute(tx)
  return rows.map((row) => ({ ...toStoredChunk(row), batch: row.batch, wasThere: row.coming === 0 }))
}

export async function keepChunks(tx: Db, batch: number, chunks: readonly StoredChunk[]): Promise<void> {
  await insertRows(
    tx,
    'insert into removed_chunks',
    ['batch', 'parent_id', 'position', 'id', 'chunk'],
    chunks.map((chunk) => [batch, chunk.parent_id, chunk.position, chunk.id, JSON.stringify(chunk)]),
    'on conflict (batch, parent_id, position, id) do update set chunk = excluded.chunk',
  )
}

export async function keepEdges(tx: Db, batch: number, edges: readonly Edge[]): Promise<void> {
  await insertRows(
    tx,
    'insert into removed_edges',
    ['batch', 'from_id', 'to_id', 'kind'],
    edges.map(({ from_id, to_id, kind }) => [batch, from_id, to_id, kind]),
    'on conflict do nothing',
  )
}

/** What went with a batch, siblings together and in order. */
export async function listKeptChunks(
  db: Db,
  batch: number,
  after: StoredChunk | undefined,
  limit: number,
): Promise<StoredChunk[]> {
  const { parent_id, position, id } = after ?? { parent_id: '', position: -1, id: '' }
  const { rows } = await sql<{ chunk: string }>`
    select chunk from removed_chunks
    where batch = ${batch} and (parent_id, position, id) > (${parent_id}, ${position}, ${id})
    order by parent_id, position, id limit ${limit}`.execute(db)
  return rows.map(({ chunk }) => parseJson(chunk) as StoredChunk)
}

export async function listKeptEdges(db: Db, batch: number, after: Edge | undefined, limit: number): Promise<Edge[]> {
  const { from_id, to_id, kind } = after ?? { from_id: '', to_id: '', kind: '' }
  const { rows } = await sql<Edge>`
    select from_id, to_id, kind, 0 as auto from removed_edges
    where batch = ${batch} and (from_id, to_id, kind) > (${from_id}, ${to_id}, ${kind})
    order by from_id, to_id, kind limit ${limit}`.execute(db)
  return rows
}
