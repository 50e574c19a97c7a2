import { type Kysely, sql } from 'kysely'
import type { PlacedChunksView } from '../../db/schema/documents.ts'
import type { Schema } from '../../db/schema/index.ts'
import type { Actor } from '../../paths/place.ts'
import type { ChunkContent, StoredChunk } from '../chunk.ts'
import { titleKey } from '../links.ts'
import { insertRows } from './insert-rows.ts'

type Db = Kysely<Schema>

const tagsOf = sql<string>`(select json_group_array(tag) from chunk_tags where chunk_id = placed_chunks.id)`

function chunks(db: Db) {
  return db.selectFrom('placed_chunks').selectAll().select(tagsOf.as('tags'))
}

export async function findChunk(db: Db, placeId: number, id: string): Promise<StoredChunk | undefined> {
  const row = await chunks(db).where('place_id', '=', placeId).where('id', '=', id).executeTakeFirst()
  return row && toStoredChunk(row)
}

export async function findChunkByNaturalKey(db: Db, documentId: string, key: string): Promise<StoredChunk | undefined> {
  const row = await chunks(db).where('document_id', '=', documentId).where('natural_key', '=', key).executeTakeFirst()
  return row && toStoredChunk(row)
}

/** Siblings together and in order. */
export async function listDocumentChunks(db: Db, documentId: string): Promise<StoredChunk[]> {
  const rows = await chunks(db)
    .where('document_id', '=', documentId)
    .orderBy('parent_id')
    .orderBy('shelf')
    .orderBy('slot')
    .execute()
  return rows.map(toStoredChunk)
}

export async function listChunksByIds(db: Db, placeId: number, ids: readonly string[]): Promise<StoredChunk[]> {
  const rows = await chunks(db).where('place_id', '=', placeId).where('id', 'in', inList(ids)).execute()
  return rows.map(toStoredChunk)
}

export async function listTopChunks(db: Db, documentId: string): Promise<StoredChunk[]> {
  const rows = await chunks(db)
    .where('document_id', '=', documentId)
    .where('parent_id', '=', '')
    .orderBy('shelf')
    .orderBy('slot')
    .execute()
  return rows.map(toStoredChunk)
}

/** The chunk and everything under it, parents before their children. */
export async function listSubtree(db: Db, { document_id, id }: StoredChunk): Promise<StoredChunk[]> {
  const rows = await chunks(db)
    .where('document_id', '=', document_id)
    .where(
      'id',
      'in',
      sql<string>`(
        with recursive below (id) as (
          select ${id}
          union all
          select c.id from chunks as c join below as b on c.document_id = ${document_id} and c.parent_id = b.id
        ) select id from below)`,
    )
    .execute()
  const found = rows.map(toStoredChunk)
  const children = Map.groupBy(found, (chunk) => chunk.parent_id)
  const ordered = found.filter((chunk) => chunk.id === id)
  for (const chunk of ordered) ordered.push(...(children.get(chunk.id) ?? []).sort((a, b) => a.position - b.position))
  return ordered
}

/** Whether `ancestorId` is the chunk itself or above it. */
export async function isWithin(db: Db, documentId: string, id: string, ancestorId: string): Promise<boolean> {
  const { rows } = await sql<{ found: number }>`
    with recursive above (id) as (
      select ${id}
      union all
      select c.parent_id from chunks as c join above as a on c.id = a.id
      where c.document_id = ${documentId} and c.parent_id <> ''
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

export async function insertChunks(tx: Db, placeId: number, added: readonly NewChunkRow[]): Promise<void> {
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
    'title',
    'title_key',
  ]
  await insertRows(
    tx,
    'insert into chunks',
    [...columns, 'natural_key', 'revision', 'created_at', 'updated_at', 'actor'],
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
        c.title,
        titleKey(c.title),
      ],
      ...[c.natural_key, c.revision, c.created_at, c.updated_at, JSON.stringify(c.actor)],
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
  { title, type, status, natural_key }: Partial<ChunkContent>,
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
      ...(natural_key === undefined ? {} : { natural_key }),
    })
    .where('n', '=', n)
    .execute()
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

export function inList(values: readonly string[]) {
  return sql<string>`(select value from json_each(${JSON.stringify(values)}))`
}

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}

function fromJson<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T)
}

function toStoredChunk(row: PlacedChunksView & { tags: string }): StoredChunk {
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
