import type { MemoryScope } from '@loomcycle/proto'
import { afterCursor, type Listing, toPage } from '../../ground/cursor.ts'
import type { Caller } from '../../tools/caller.ts'
import { type MemoryPlace, placeFor, quotaOf } from './access.ts'
import { changeMemory } from './change-memory.ts'
import type { MemoryDeps } from './deps.ts'
import { embedValue } from './embedding.ts'
import { type EntryName, keyOf, nameEntry } from './entry-names.ts'
import { expiresAfter } from './expiry.ts'
import { toKey } from './key-range.ts'
import { deleteEntry, type Entry, findEntry, listEntries } from './store.ts'
import { writeEntry } from './write-entry.ts'

export async function findValue(
  { db, clock }: MemoryDeps,
  caller: Caller,
  scope: MemoryScope,
  name: EntryName,
): Promise<Entry | undefined> {
  const place = placeFor(caller, scope)
  return findEntry(db.read, place, await keyOf(db.read, place, name), clock.now())
}

export async function listValues(
  { db, clock }: MemoryDeps,
  caller: Caller,
  scope: MemoryScope,
  { prefix: given = '', limit, cursor }: { prefix?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ entries: Entry[]; page: { truncated: boolean; next_cursor?: string } }> {
  const place = placeFor(caller, scope)
  const prefix = toKey(given)
  const listing: Listing = ['memory.list', { ...place, prefix }]
  const after = afterCursor(cursor, listing, 1)?.map(String)[0]
  const found = await listEntries(db.read, place, { prefix, after, limit: limit + 1 }, clock.now())
  const { rows, next } = toPage(found, limit, listing, ({ key }) => [key])
  return { entries: rows, page: { truncated: found.length > limit, ...next } }
}

export interface NewValue {
  key: string
  value: unknown
  /** Seconds. */
  ttl?: number | undefined
  embed?: boolean | undefined
  embedText?: string | undefined
  /** A name for it. */
  path?: string | undefined
}

export interface Kept {
  /** Undefined where nobody wanted it to be findable. */
  embedded: boolean | undefined
  warning: string | undefined
  path: string | undefined
}

/** Keeps a value, in place of what was there. */
export async function keepValue(
  deps: MemoryDeps,
  caller: Caller,
  scope: MemoryScope,
  { key: given, value, ttl, embedText, embed = embedText !== undefined, path }: NewValue,
): Promise<Kept> {
  const place = placeFor(caller, scope)
  const embedded = embed ? await embedValue(deps.embedding, value, embedText ?? null, caller) : undefined
  const vector = embedded && 'vector' in embedded ? embedded.vector : undefined
  const key = toKey(given)
  const entry = { key, value, expiresAt: expiresAfter(deps.clock.now(), ttl), vector }
  const named = await changeMemory(deps, place.tenantId, async (tx) => {
    await writeEntry(tx, { place, quota: quotaOf(caller), entry }, deps)
    return path === undefined ? undefined : nameEntry(tx, place, key, path, deps.clock.now())
  })
  return {
    embedded: embedded && vector !== undefined,
    warning: embedded && 'warning' in embedded ? embedded.warning : undefined,
    path: named,
  }
}

/** Says whether there was one. */
export async function forgetValue(
  deps: MemoryDeps,
  caller: Caller,
  scope: MemoryScope,
  name: EntryName,
): Promise<boolean> {
  const place: MemoryPlace = placeFor(caller, scope)
  return changeMemory(deps, place.tenantId, async (tx) =>
    deleteEntry(tx, place, await keyOf(tx, place, name), deps.clock.now()),
  )
}
