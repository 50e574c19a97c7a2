import type { MemoryScope } from '@loomcycle/proto'
import type { ExpressionBuilder, Kysely } from 'kysely'
import { inList, unlimited } from '../../ground/db/dialect.ts'
import { execute } from '../../ground/db/execute.ts'
import { rowsOf } from '../../ground/db/rows.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { parseJson } from '../../ground/json.ts'
import type { MemoryPlace } from './access.ts'
import { firstExpired, logChange, logExpired } from './change-store.ts'
import type { NewVector } from './embedding.ts'
import { forgetEntryNames } from './entry-names.ts'
import { keyAfterPrefix } from './key-range.ts'
import { toBlob } from './vectors/nearest.ts'

type Db = Kysely<Schema>
type Where = ExpressionBuilder<Schema, 'memory'>

export interface Entry {
  key: string
  value: unknown
  expiresAt: number | null
  createdAt: number
  updatedAt: number
}

export interface NewEntry extends Pick<Entry, 'key' | 'expiresAt'> {
  /** The value as JSON. */
  json: string
  bytes: number
}

export async function findEntry(db: Db, place: MemoryPlace, key: string, now: number): Promise<Entry | undefined> {
  const [row] = await rowsOf<EntryRow>(
    db,
    `select ${entryColumns.join()} from memory where ${atPlace} and key = ? and ${unlessExpired}`,
    [...valuesOf(place), key, now],
  )
  return row && toEntry(row)
}

export async function listEntries(
  db: Db,
  place: MemoryPlace,
  { prefix, after, limit }: { prefix: string; after?: string | undefined; limit: number },
  now: number,
): Promise<Entry[]> {
  const end = keyAfterPrefix(prefix)
  const rows = await db
    .selectFrom('memory')
    .select(entryColumns)
    .where(at(place))
    .where('key', '>=', prefix)
    .$if(end !== undefined, (query) => query.where('key', '<', end!))
    .$if(after !== undefined, (query) => query.where('key', '>', after!))
    .where(notExpired(now))
    .orderBy('key')
    .limit(limit)
    .execute()
  return rows.map(toEntry)
}

export async function findEntries(db: Db, place: MemoryPlace, keys: string[], now: number): Promise<Entry[]> {
  const rows = await db
    .selectFrom('memory')
    .select(entryColumns)
    .where(at(place))
    .where('key', 'in', inList(keys))
    .where(notExpired(now))
    .execute()
  return rows.map(toEntry)
}

/** In their order. */
export async function listScopeIds(
  db: Db,
  of: { tenantId: string; scope: MemoryScope },
  { after, limit }: { after: string | undefined; limit: number },
  now: number,
) {
  return db
    .selectFrom('memory')
    .select((row) => [
      'scope_id',
      row.fn.countAll<number>().as('key_count'),
      row.fn.sum<number>('bytes').as('bytes'),
      row.fn.max('updated_at').as('updated_at'),
    ])
    .where('tenant_id', '=', of.tenantId)
    .where('scope', '=', of.scope)
    .$if(after !== undefined, (query) => query.where('scope_id', '>', after!))
    .where(notExpired(now))
    .groupBy('scope_id')
    .orderBy('scope_id')
    .limit(limit)
    .execute()
}

export async function putEntry(tx: Db, place: MemoryPlace, entry: NewEntry, now: number): Promise<void> {
  await execute(tx, {
    sql: `insert into memory (tenant_id, scope, scope_id, key, created_at, value, bytes, expires_at, updated_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (tenant_id, scope, scope_id, key) do update set
      value = excluded.value, bytes = excluded.bytes, expires_at = excluded.expires_at, updated_at = excluded.updated_at`,
    parameters: [...valuesOf(place), entry.key, now, entry.json, entry.bytes, entry.expiresAt, now],
  })
  await logChange(tx, place, entry.key, 'memory.set', now)
}

/** With the names it had. Says whether it was there. */
export async function deleteEntry(tx: Db, place: MemoryPlace, key: string, now: number): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('memory')
    .where(at(place))
    .where('key', '=', key)
    .returning((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', now)]).as('was_there'))
    .executeTakeFirst()
  if (!deleted) return false
  await logChange(tx, place, key, 'memory.delete', now)
  await forgetEntryNames(tx, place, key)
  return Boolean(deleted.was_there)
}

/** The value it describes is there already. */
export async function putVector(
  tx: Db,
  place: MemoryPlace,
  { key, expiresAt }: Pick<Entry, 'key' | 'expiresAt'>,
  { provider, model, vector, text }: NewVector,
  now: number,
): Promise<void> {
  const written = {
    provider,
    model,
    dimension: vector.length,
    vector: toBlob(vector),
    text,
    written_at: now,
    expires_at: expiresAt,
  }
  await tx
    .insertInto('memory_vectors')
    .values({ ...columns(place), key, ...written })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'scope', 'scope_id', 'key']).doUpdateSet(written))
    .execute()
}

/** For a value that is there without one, and is still the one that was embedded. False where that is no longer so. */
export async function insertVector(
  tx: Db,
  place: MemoryPlace,
  key: string,
  json: string,
  vector: NewVector,
): Promise<boolean> {
  const entry = await tx
    .selectFrom('memory')
    .select(['expires_at', 'updated_at'])
    .where((row) => row.and({ ...columns(place), key, value: json }))
    .executeTakeFirst()
  if (!entry) return false
  await putVector(tx, place, { key, expiresAt: entry.expires_at }, vector, entry.updated_at)
  return true
}

export async function deleteVector(tx: Db, place: MemoryPlace, key: string): Promise<void> {
  const text = `delete from memory_vectors where ${atPlace} and key = ?`
  await execute(tx, { sql: text, parameters: [...valuesOf(place), key] })
}

/** That a search found these. */
export function countHits({ sql }: { sql: Db }, place: MemoryPlace, keys: string[]): Statement {
  return sql
    .updateTable('memory_vectors')
    .set((row) => ({ hits: row('hits', '+', 1) }))
    .where((row) => row.and(columns(place)))
    .where('key', 'in', keys)
    .compile()
}

/** Keys and values together, of all keys but one. */
export async function bytesBesides(tx: Db, place: MemoryPlace, key: string, now: number): Promise<number> {
  const text = `select coalesce(sum(bytes), 0) as total from memory where ${atPlace} and key != ? and ${unlessExpired}`
  const [row] = await rowsOf<{ total: number }>(tx, text, [...valuesOf(place), key, now])
  return row!.total
}

/**
 * What has expired is absent everywhere already; this gives the room of so many back, with their names. Says how many
 * there were.
 */
export async function deleteExpired(tx: Db, now: number, limit = unlimited): Promise<number> {
  await logExpired(tx, now, limit)
  const text = `delete from memory where (tenant_id, scope, scope_id, key) in (${firstExpired})
    returning tenant_id, scope, scope_id, key`
  const gone = await rowsOf<GoneRow>(tx, text, [now, limit])
  for (const { tenant_id: tenantId, scope, scope_id: scopeId, key } of gone) {
    await forgetEntryNames(tx, { tenantId, scope, scopeId }, key)
  }
  return gone.length
}

function at(place: MemoryPlace) {
  return (row: Where) => row.and(columns(place))
}

const atPlace = 'tenant_id = ? and scope = ? and scope_id = ?'
const unlessExpired = '(expires_at is null or expires_at > ?)'

function valuesOf({ tenantId, scope, scopeId }: MemoryPlace) {
  return [tenantId, scope, scopeId]
}

function columns({ tenantId, scope, scopeId }: MemoryPlace) {
  return { tenant_id: tenantId, scope, scope_id: scopeId }
}

function notExpired(now: number) {
  return (row: Where) => row.or([row('expires_at', 'is', null), row('expires_at', '>', now)])
}

const entryColumns = ['key', 'value', 'expires_at', 'created_at', 'updated_at'] as const
type GoneRow = Pick<Schema['memory'], 'tenant_id' | 'scope_id' | 'key'> & { scope: MemoryScope }
type EntryRow = Pick<Schema['memory'], (typeof entryColumns)[number]>

function toEntry(row: EntryRow): Entry {
  return {
    key: row.key,
    value: parseJson(row.value),
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
