import { type Kysely, sql } from 'kysely'
import { inNumbers } from '../../../ground/db/dialect.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import type { Actor, Place } from '../../../ground/identity/place.ts'
import { parseJson } from '../../../ground/json.ts'
import { insertRows } from './insert-rows.ts'
import { findPlace, isIn } from './places.ts'

type Db = Kysely<Schema>

export interface NewChange {
  op: string
  document_id: string
  chunk_id: string
  revision: number
  /** What followers are told besides. */
  detail: Record<string, unknown>
  /** What it takes to undo it. */
  before: unknown
}

export interface StoredChange extends NewChange {
  seq: number
  actor: Actor
  at: number
}

/** Numbers the changes and appends them to the place's log. */
export async function insertChanges(
  tx: Db,
  placeId: number,
  { actor, now }: { actor: Actor; now: number },
  changes: readonly NewChange[],
): Promise<StoredChange[]> {
  const { head_seq } = await tx
    .updateTable('document_places')
    .set((e) => ({ head_seq: e('head_seq', '+', changes.length) }))
    .where('id', '=', placeId)
    .returning('head_seq')
    .executeTakeFirstOrThrow()
  const first = head_seq - changes.length + 1
  await insertRows(
    tx,
    'insert into document_changes',
    ['place_id', 'seq', 'op', 'document_id', 'chunk_id', 'revision', 'actor', 'run_id', 'at', 'detail', 'before'],
    changes.map((change, i) => [
      ...[placeId, first + i, change.op, change.document_id, change.chunk_id, change.revision],
      ...[JSON.stringify(actor), actor.run_id ?? '', now, JSON.stringify(change.detail)],
      change.before === undefined ? null : JSON.stringify(change.before),
    ]),
  )
  return changes.map((change, i) => ({ ...change, seq: first + i, actor, at: now }))
}

const told = ['c.seq', 'c.op', 'c.document_id', 'c.chunk_id', 'c.revision', 'c.actor', 'c.at', 'c.detail'] as const

export interface ChangeFilter {
  after: number
  documentId?: string | undefined
  chunkId?: string | undefined
  runId?: string | undefined
  limit: number
}

/** As followers are told, oldest first. */
export async function listChanges(db: Db, place: Place, filter: ChangeFilter): Promise<StoredChange[]> {
  const { id } = await findPlace(db, place)
  const { documentId, chunkId, runId } = filter
  const isOfOne = documentId !== undefined || chunkId !== undefined
  let query = db
    .selectFrom('document_changes as c')
    .select(told)
    .where(isOfOne ? isIn('c', id) : sql<boolean>`c.place_id = ${id}`)
    .where('c.seq', '>', filter.after)
  if (documentId !== undefined) query = query.where('c.document_id', '=', documentId)
  if (chunkId !== undefined) query = query.where('c.chunk_id', '=', chunkId)
  if (runId !== undefined) query = query.where(isOfRun(runId))
  const rows = await query.orderBy('c.seq').limit(filter.limit).execute()
  return rows.map((row) => parse({ ...row, before: null }))
}

/** A page of the changes to a chunk that made or touched its revisions, the newest first. */
export async function listRevisions(
  db: Db,
  placeId: number,
  chunkId: string,
  { before, limit }: { before: number; limit: number },
): Promise<StoredChange[]> {
  const rows = await db
    .selectFrom('document_changes as c')
    .select(told)
    .where(isIn('c', placeId))
    .where('c.chunk_id', '=', chunkId)
    .where('c.op', 'not in', ['link_chunks', 'unlink_chunks'])
    .where('c.revision', '>=', 1)
    .where('c.seq', '<', before)
    .orderBy('c.seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => parse({ ...row, before: null }))
}

/** A page of what was changed of a chunk from a revision on, the oldest first. */
export async function listChangedKeys(
  db: Db,
  placeId: number,
  chunkId: string,
  { from, after, limit }: { from: number; after: number; limit: number },
): Promise<Array<{ seq: number; keys: string[] }>> {
  const { rows } = await sql<{ seq: number; keys: string | null }>`
    select seq, detail -> 'keys' as keys from document_changes
    where chunk_id = ${chunkId} and +place_id = ${placeId} and revision >= ${from} and seq > ${after}
    order by seq limit ${limit}`.execute(db)
  return rows.map(({ seq, keys }) => ({ seq, keys: keys === null ? [] : JSON.parse(keys) }))
}

export async function listChangesBySeq(db: Db, placeId: number, seqs: readonly number[]): Promise<StoredChange[]> {
  const rows = await db
    .selectFrom('document_changes as c')
    .select([...told, 'c.before'])
    .where('c.place_id', '=', placeId)
    .where('c.seq', 'in', inNumbers(seqs))
    .execute()
  return rows.map(parse)
}

/** Whether a change made what it is about. */
export async function isCreation(db: Db, placeId: number, seq: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from document_changes
    where place_id = ${placeId} and seq = ${seq} and "before" ->> 'created' is not null`.execute(db)
  return rows.length > 0
}

/** The change that brought a chunk together with others. */
export async function findCreation(
  db: Db,
  placeId: number,
  { document_id, created_at }: { document_id: string; created_at: number },
): Promise<StoredChange | undefined> {
  const row = await db
    .selectFrom('document_changes as c')
    .select(told)
    .where(isIn('c', placeId))
    .where((e) => e.and({ 'c.document_id': document_id, 'c.at': created_at }))
    .where('c.op', 'in', ['import_md', 'import_canvas', 'import_board', 'create_document'])
    .orderBy('c.seq')
    .limit(1)
    .executeTakeFirst()
  return row && parse({ ...row, before: null })
}

/** What a run did in a place, or in one document of it, the newest first. */
export async function listChangesOfRun(
  db: Db,
  placeId: number,
  { runId, documentId }: { runId: string; documentId: string | undefined },
  { before, limit }: { before: number; limit: number },
): Promise<StoredChange[]> {
  let query = db
    .selectFrom('document_changes as c')
    .select([...told, 'c.before'])
    .where('c.place_id', '=', placeId)
    .where(isOfRun(runId))
    .where('c.seq', '<', before)
  if (documentId !== undefined) query = query.where('c.document_id', '=', documentId)
  const rows = await query.orderBy('c.seq', 'desc').limit(limit).execute()
  return rows.map(parse)
}

/** The latest change after `after` that was not made by the run: to the chunk, or to anything in the document. */
export async function findForeignChange(
  db: Db,
  placeId: number,
  of: { chunkId: string } | { documentId: string },
  { after, by }: { after: number; by: By },
): Promise<StoredChange | undefined> {
  const query = foreign(db, placeId, { after, runId: by.runId })
    .where('c.op', 'not in', ['link_chunks', 'unlink_chunks'])
    .where(sql<boolean>`not (c.seq > ${by.since} and c.op = 'revert_run' and c.actor = ${JSON.stringify(by.actor)})`)
  const row = await ('chunkId' in of
    ? query.where('c.chunk_id', '=', of.chunkId)
    : query.where('c.document_id', '=', of.documentId)
  ).executeTakeFirst()
  return row && parse({ ...row, before: null })
}

/** Whose changes are not foreign: the run's, and from then on those of whoever is undoing it. */
export interface By {
  runId: string
  actor: Actor
  since: number
}

interface Since {
  after: number
  runId: string
}

/** Somebody else drew or took away this very edge. */
export async function findForeignEdgeChange(
  db: Db,
  placeId: number,
  { from_id, to_id, kind }: { from_id: string; to_id: string; kind: string },
  since: Since,
): Promise<StoredChange | undefined> {
  const row = await foreign(db, placeId, since)
    .where('c.chunk_id', '=', from_id)
    .where('c.op', 'in', ['link_chunks', 'unlink_chunks'])
    .where(sql<boolean>`c.detail ->> 'to_id' = ${to_id} and c.detail ->> 'kind' = ${kind}`)
    .executeTakeFirst()
  return row && parse({ ...row, before: null })
}

export async function findForeignTypeChange(
  db: Db,
  placeId: number,
  { document_id, name }: { document_id: string; name: string },
  since: Since,
): Promise<StoredChange | undefined> {
  const row = await foreign(db, placeId, since)
    .where('c.document_id', '=', document_id)
    .where('c.op', '=', 'define_type')
    .where(sql<boolean>`c.detail ->> 'title' = ${name}`)
    .executeTakeFirst()
  return row && parse({ ...row, before: null })
}

function foreign(db: Db, placeId: number, { after, runId }: Since) {
  return db
    .selectFrom('document_changes as c')
    .select(told)
    .where(isIn('c', placeId))
    .where('c.seq', '>', after)
    .where('c.run_id', '<>', runId)
    .orderBy('c.seq', 'desc')
    .limit(1)
}

/** Said in the words of the index, which leaves out changes of no run. */
function isOfRun(runId: string) {
  return sql<boolean>`c.run_id = ${runId} and c.run_id <> ''`
}

/** Number of the latest change of a document; 0 where it has none. */
export async function lastChange(db: Db, documentId: string): Promise<number> {
  const row = await db
    .selectFrom('document_changes')
    .select('seq')
    .where('document_id', '=', documentId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.seq ?? 0
}

/** Whether since a change of a document something in it has come, gone, or been put elsewhere. */
export async function hasMovedSince(db: Db, documentId: string, seq: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from document_changes
    where document_id = ${documentId} and seq > ${seq} and (${sql.join(moving, sql` or `)})
    limit 1`.execute(db)
  return rows.length > 0
}

/** What is said in `before` by whoever has to put something back. */
const moving = ['created', 'chunks', 'batch', 'document', 'parent_id'].map(
  (key) => sql`json_type("before", ${sql.lit(`$.${key}`)}) is not null`,
)

export async function headSeq(db: Db, place: Place): Promise<number> {
  const { rows } = await sql<{ head_seq: number }>`
    select head_seq from document_places
    where tenant_id = ${place.tenantId} and scope = ${place.scope} and scope_id = ${place.scopeId}`.execute(db)
  return rows[0]?.head_seq ?? 0
}

type Row = Omit<StoredChange, 'actor' | 'detail' | 'before'> & { actor: string; detail: string; before: string | null }

function parse(row: Row): StoredChange {
  return {
    ...row,
    actor: JSON.parse(row.actor),
    detail: parseJson(row.detail) as StoredChange['detail'],
    before: row.before === null ? undefined : (parseJson(row.before) as StoredChange['before']),
  }
}
