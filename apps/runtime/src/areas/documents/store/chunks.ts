import { commentType } from '@loomcycle/proto'
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import { inList, inNumbers, unlimited } from '../../../ground/db/dialect.ts'
import type { PlacedChunksView } from '../../../ground/db/schema/documents.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import type { Actor } from '../../../ground/identity/place.ts'
import { parseJson } from '../../../ground/json.ts'
import type { ChunkContent, StoredChunk } from '../chunks/chunk.ts'
import { titleKey } from '../edges/links.ts'
import { isStaying } from './batches.ts'
import { insertRows } from './insert-rows.ts'
import { isIn } from './places.ts'
import { tagsOf } from './tags.ts'

type Db = Kysely<Schema>

function chunks(db: Db) {
  return db.selectFrom('placed_chunks').selectAll().select(tagsOf('placed_chunks').as('tags'))
}

export async function findChunk(db: Db, placeId: number, id: string): Promise<StoredChunk | undefined> {
  const row = await chunks(db).where('place_id', '=', placeId).where('id', '=', id).executeTakeFirst()
  return row && toStoredChunk(row)
}

export async function findChunkByNaturalKey(db: Db, documentId: string, key: string): Promise<StoredChunk | undefined> {
  const row = await chunks(db).where('document_id', '=', documentId).where('natural_key', '=', key).executeTakeFirst()
  return row && toStoredChunk(row)
}

/** A page of a document, siblings together and in order. */
export async function listDocumentChunks(
  db: Db,
  documentId: string,
  after: StoredChunk | undefined,
  limit: number,
): Promise<StoredChunk[]> {
  let query = chunks(db).where('document_id', '=', documentId)
  if (after) query = query.where(isAfter(after))
  const rows = await query.orderBy('parent_id').orderBy('shelf').orderBy('slot').limit(limit).execute()
  return rows.map(toStoredChunk)
}

/** The latest comments on a card, answers to them included, oldest first. */
export async function listComments(
  db: Db,
  { document_id, id }: Pick<StoredChunk, 'document_id' | 'id'>,
  limit: number,
): Promise<StoredChunk[]> {
  const { rows } = await sql<{ n: number }>`
    with recursive thread (n, id) as (
      select n, id from live_chunks where document_id = ${document_id} and parent_id = ${id} and type = ${commentType}
      union all
      select c.n, c.id from thread as t
      cross join live_chunks as c on c.document_id = ${document_id} and c.parent_id = t.id and c.type = ${commentType}
    ) select n from thread order by n desc limit ${limit}`.execute(db)
  const numbers = inNumbers(rows.map(({ n }) => n))
  const found = await chunks(db).where('n', 'in', numbers).orderBy('created_at').orderBy('n').execute()
  return found.map(toStoredChunk)
}

export interface Leaf {
  n: number
  id: string
  parent_id: string
  shelf: number
  slot: number
}

/** A page of what is under what. */
export async function listOutline(db: Db, documentId: string, after: Leaf | undefined, limit: number): Promise<Leaf[]> {
  let query = db
    .selectFrom('live_chunks')
    .select(['n', 'id', 'parent_id', 'shelf', 'slot'])
    .where('document_id', '=', documentId)
  if (after) query = query.where(isAfter(after))
  return query.orderBy('parent_id').orderBy('shelf').orderBy('slot').limit(limit).execute()
}

/** A page of the chunks of a document, by their ids: moving one changes nothing. */
export async function listIds(db: Db, documentId: string, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('live_chunks')
    .select('id')
    .where('document_id', '=', documentId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

function isAfter({ parent_id, shelf, slot }: Pick<Leaf, 'parent_id' | 'shelf' | 'slot'>) {
  return sql<boolean>`(parent_id, shelf, slot) > (${parent_id}, ${shelf}, ${slot})`
}

export async function listChunksByIds(db: Db, placeId: number, ids: readonly string[]): Promise<StoredChunk[]> {
  const rows = await chunks(db).where(isIn('placed_chunks', placeId)).where('id', 'in', inList(ids)).execute()
  return rows.map(toStoredChunk)
}

/** Those of these chunks that are there or about to come. */
export async function listStayingIds(db: Db, placeId: number, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('chunks as c')
    .select('c.id')
    .where(isIn('c', placeId))
    .where('c.id', 'in', inList(ids))
    .where(isStaying)
    .execute()
  return rows.map(({ id }) => id)
}

/** The numbers of a chunk and of everything under it, as far as there are no more than `limit`. */
export async function listSubtreeNumbers(
  db: Db,
  { document_id, n }: Pick<StoredChunk, 'document_id' | 'n'>,
  limit = unlimited,
): Promise<number[]> {
  const { rows } = await sql<{ n: number }>`
    with recursive below (n, id) as (
      select n, id from chunks where n = ${n}
      union all
      select c.n, c.id from below as b
      cross join live_chunks as c on c.document_id = ${document_id} and c.parent_id = b.id
    ) select n from below limit ${limit}`.execute(db)
  return rows.map((row) => row.n)
}

export interface TitledChunk {
  n: number
  id: string
  title: string
  /** Somebody else than the run has done something to it. */
  foreign: number
}

function titled(db: Db, runId: string, which: RawBuilder<unknown>) {
  return sql<TitledChunk>`
    select c.n, c.id, c.title, exists (
      select 1 from document_changes as h
      where h.chunk_id = c.id and h.place_id = c.place_id and h.run_id <> ${runId}
        and h.op not in ('link_chunks', 'unlink_chunks')) as "foreign"
    from chunks as c where ${which}`.execute(db)
}

/** The chunk and so many under it, by name. */
export async function listSubtreeTitles(
  db: Db,
  top: Pick<StoredChunk, 'document_id' | 'id' | 'n'>,
  runId: string,
  limit: number,
): Promise<TitledChunk[]> {
  const numbers = inNumbers(await listSubtreeNumbers(db, top, limit))
  return (await titled(db, runId, sql`c.n in ${numbers}`)).rows
}

/** A page of the chunks that name a batch, likewise. */
export async function listBatchTitles(
  db: Db,
  batch: number,
  runId: string,
  { after, limit }: { after: number; limit: number },
): Promise<TitledChunk[]> {
  return (await titled(db, runId, sql`c.batch = ${batch} and c.n > ${after} order by c.n limit ${limit}`)).rows
}

/** The chunk and everything under it, parents before their children. */
export async function listSubtree(db: Db, top: Pick<StoredChunk, 'document_id' | 'id' | 'n'>): Promise<StoredChunk[]> {
  const numbers = inNumbers(await listSubtreeNumbers(db, top))
  const rows = await chunks(db).where('n', 'in', numbers).execute()
  const found = rows.map(toStoredChunk)
  const children = Map.groupBy(found, (chunk) => chunk.parent_id)
  const ordered = found.filter((chunk) => chunk.id === top.id)
  for (const { id } of ordered) {
    for (const child of (children.get(id) ?? []).sort((a, b) => a.position - b.position)) ordered.push(child)
  }
  return ordered
}

/** Whether `ancestorId` is the chunk itself or above it. */
export async function isWithin(db: Db, id: string, ancestorId: string): Promise<boolean> {
  const { rows } = await sql<{ found: number }>`
    with recursive above (id) as (
      select id from chunks where id = ${id}
      union all
      select c.parent_id from chunks as c join above as a on c.id = a.id
      where c.parent_id <> ''
    ) select 1 as found from above where id = ${ancestorId} limit 1`.execute(db)
  return rows.length > 0
}

export async function countAncestors(db: Db, { id }: { id: string }): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with recursive above (id) as (
      select parent_id from chunks where id = ${id}
      union all
      select c.parent_id from chunks as c join above as a on c.id = a.id
    ) select count(*) as n from above where id <> '' `.execute(db)
  return rows[0]?.n ?? 0
}

export async function lastChunkNumber(db: Db): Promise<number> {
  const { last } = await db
    .selectFrom('chunks')
    .select((e) => e.fn.max<number | null>('n').as('last'))
    .executeTakeFirstOrThrow()
  return last ?? 0
}

export type NewChunkRow = Omit<StoredChunk, 'position'>

/** `batch`: what they come with, and are hidden until. */
export async function insertChunks(
  tx: Db,
  placeId: number,
  added: readonly NewChunkRow[],
  batch: number | null,
): Promise<void> {
  const columns = [
    'n',
    'id',
    'place_id',
    'document_id',
    'parent_id',
    'shelf',
    'slot',
    'type',
    'status',
    'rank',
    'title',
    'title_key',
  ]
  await insertRows(
    tx,
    'insert into chunks',
    [...columns, 'natural_key', 'revision', 'created_at', 'updated_at', 'actor', 'batch'],
    added.map((c) => [
      ...[
        c.n,
        c.id,
        placeId,
        c.document_id,
        c.parent_id,
        c.shelf,
        c.slot,
        c.type,
        c.status,
        c.rank,
        c.title,
        titleKey(c.title),
      ],
      ...[c.natural_key, c.revision, c.created_at, c.updated_at, JSON.stringify(c.actor), batch],
    ]),
  )
  await insertRows(
    tx,
    'insert into chunk_contents',
    ['n', 'body', 'fields', 'preamble', 'markup', 'asset'],
    added.map((c) => [c.n, c.body, toJson(c.fields), c.preamble, toJson(c.markup), toJson(c.asset)]),
  )
  const tags = added.flatMap((c) => c.tags.map((tag) => [c.id, tag, placeId]))
  await insertRows(tx, 'insert into chunk_tags', ['chunk_id', 'tag', 'place_id'], tags)
}

export interface ChunkWrite {
  revision: number
  actor: Actor
  now: number
}

export async function updateChunkRow(
  tx: Db,
  { n }: StoredChunk,
  { title, type, status, rank, natural_key }: Partial<ChunkContent & Pick<StoredChunk, 'rank'>>,
  { revision, actor, now }: ChunkWrite,
): Promise<void> {
  await tx
    .updateTable('chunks')
    .set({
      revision,
      updated_at: now,
      actor: JSON.stringify(actor),
      ...(title === undefined ? {} : { title, title_key: titleKey(title) }),
      ...(type === undefined ? {} : { type }),
      ...(status === undefined ? {} : { status }),
      ...(rank === undefined ? {} : { rank }),
      ...(natural_key === undefined ? {} : { natural_key }),
    })
    .where('n', '=', n)
    .execute()
}

/** Its place in its column alone, of which no revision is made. */
export async function updateRank(tx: Db, { n }: StoredChunk, rank: string): Promise<void> {
  await tx.updateTable('chunks').set({ rank }).where('n', '=', n).execute()
}

export async function updateContents(
  tx: Db,
  { n }: StoredChunk,
  { body, fields, preamble, markup, asset }: Partial<ChunkContent>,
): Promise<void> {
  const set = {
    ...(body === undefined ? {} : { body }),
    ...(fields === undefined ? {} : { fields: toJson(fields) }),
    ...(preamble === undefined ? {} : { preamble }),
    ...(markup === undefined ? {} : { markup: toJson(markup) }),
    ...(asset === undefined ? {} : { asset: toJson(asset) }),
  }
  if (Object.keys(set).length === 0) return
  await tx.updateTable('chunk_contents').set(set).where('n', '=', n).execute()
}

export async function replaceTags(
  tx: Db,
  placeId: number,
  { id }: { id: string },
  tags: readonly string[],
): Promise<void> {
  await tx.deleteFrom('chunk_tags').where('chunk_id', '=', id).execute()
  await insertRows(
    tx,
    'insert into chunk_tags',
    ['chunk_id', 'tag', 'place_id'],
    tags.map((tag) => [id, tag, placeId]),
  )
}

/** With their contents, edges, links and tags. */
export async function deleteChunks(tx: Db, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('chunks').where('id', 'in', inList(ids)).execute()
}

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}

function fromJson<T>(text: string | null): T | null {
  return text === null ? null : (parseJson(text) as T)
}

export function toStoredChunk(
  row: Omit<Selectable<PlacedChunksView>, 'batch' | 'place_id' | 'title_key'> & { tags: string },
): StoredChunk {
  return {
    n: row.n,
    id: row.id,
    document_id: row.document_id,
    parent_id: row.parent_id,
    position: row.position,
    shelf: row.shelf,
    slot: row.slot,
    type: row.type,
    status: row.status,
    rank: row.rank,
    title: row.title,
    natural_key: row.natural_key,
    revision: row.revision,
    created_at: row.created_at,
    updated_at: row.updated_at,
    actor: JSON.parse(row.actor),
    body: row.body,
    preamble: row.preamble,
    fields: fromJson(row.fields),
    markup: fromJson(row.markup),
    asset: fromJson(row.asset),
    tags: JSON.parse(row.tags),
  }
}
