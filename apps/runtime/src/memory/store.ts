import type { ExpressionBuilder, Kysely } from 'kysely'
import type { Schema } from '../db/schema/index.ts'
import type { MemoryPlace } from './access.ts'
import { keyAfterPrefix } from './key-range.ts'

type Db = Kysely<Schema>
type Where = ExpressionBuilder<Schema, 'memory'>

export interface Entry {
  key: string
  value: unknown
  expiresAt: number | null
}

export interface NewEntry extends Entry {
  /** The value as JSON. */
  json: string
  bytes: number
}

export async function findEntry(db: Db, place: MemoryPlace, key: string, now: number): Promise<Entry | undefined> {
  const row = await db
    .selectFrom('memory')
    .select(['key', 'value', 'expires_at'])
    .where(at(place))
    .where('key', '=', key)
    .where(notExpired(now))
    .executeTakeFirst()
  return row && toEntry(row)
}

export async function listEntries(
  db: Db,
  place: MemoryPlace,
  { prefix, limit }: { prefix: string; limit: number },
  now: number,
): Promise<Entry[]> {
  const end = keyAfterPrefix(prefix)
  const rows = await db
    .selectFrom('memory')
    .select(['key', 'value', 'expires_at'])
    .where(at(place))
    .where('key', '>=', prefix)
    .$if(end !== undefined, (query) => query.where('key', '<', end!))
    .where(notExpired(now))
    .orderBy('key')
    .limit(limit)
    .execute()
  return rows.map(toEntry)
}

export async function putEntry(tx: Db, place: MemoryPlace, entry: NewEntry, now: number): Promise<void> {
  const written = { value: entry.json, bytes: entry.bytes, expires_at: entry.expiresAt, updated_at: now }
  await tx
    .insertInto('memory')
    .values({
      tenant_id: place.tenantId,
      scope: place.scope,
      scope_id: place.scopeId,
      key: entry.key,
      created_at: now,
      ...written,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'scope', 'scope_id', 'key']).doUpdateSet(written))
    .execute()
}

export async function deleteEntry(tx: Db, place: MemoryPlace, key: string, now: number): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('memory')
    .where(at(place))
    .where('key', '=', key)
    .returning((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', now)]).as('was_there'))
    .executeTakeFirst()
  return Boolean(deleted?.was_there)
}

/** Keys and values together, of all keys but one. */
export async function bytesBesides(tx: Db, place: MemoryPlace, key: string, now: number): Promise<number> {
  const { total } = await tx
    .selectFrom('memory')
    .select((row) => row.fn.coalesce(row.fn.sum<number>('bytes'), row.lit(0)).as('total'))
    .where(at(place))
    .where('key', '!=', key)
    .where(notExpired(now))
    .executeTakeFirstOrThrow()
  return total
}

/** What has expired is absent everywhere already; this gives its room back. */
export async function deleteExpired(tx: Db, now: number): Promise<void> {
  await tx.deleteFrom('memory').where('expires_at', '<=', now).execute()
}

function at(place: MemoryPlace) {
  return (row: Where) => row.and({ tenant_id: place.tenantId, scope: place.scope, scope_id: place.scopeId })
}

function notExpired(now: number) {
  return (row: Where) => row.or([row('expires_at', 'is', null), row('expires_at', '>', now)])
}

function toEntry(row: { key: string; value: string; expires_at: number | null }): Entry {
  return { key: row.key, value: JSON.parse(row.value), expiresAt: row.expires_at }
}
