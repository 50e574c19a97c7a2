import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Place } from '../../ground/identity/place.ts'
import { ToolError } from '../../ground/tool-error.ts'
import { forgetNames, nameResource, type Resource, resolveResource } from '../paths/names.ts'
import type { MemoryPlace } from './access.ts'
import { toKey } from './key-range.ts'

type Db = Kysely<Schema>

/** How a call names an entry. */
export interface EntryName {
  key?: string | undefined
  path?: string | undefined
}

/** The key that is meant: the one that was given, or the one that the path stands for. */
export async function keyOf(db: Db, place: MemoryPlace, { key, path }: EntryName): Promise<string> {
  if (key !== undefined) return toKey(key)
  if (!path) throw new ToolError('key is missing; give a key, or the path of an entry that has one')
  const { key: named } = await resolveResource(db, treeOf(place), path, 'memory_entry')
  return named!
}

/** Gives an entry a name in the tree of its scope. */
export async function nameEntry(tx: Db, place: MemoryPlace, key: string, path: string, now: number): Promise<string> {
  return nameResource(tx, treeOf(place), path, toResource(place, key), now)
}

export async function forgetEntryNames(tx: Db, place: MemoryPlace, key: string): Promise<void> {
  await forgetNames(tx, treeOf(place), toResource(place, key))
}

function toResource({ scope }: MemoryPlace, key: string): Resource {
  return { kind: 'memory_entry', ref: { scope, key } }
}

/** Names of the tenant's things have no owner. */
function treeOf({ tenantId, scope, scopeId }: MemoryPlace): Place {
  return { tenantId, scope, scopeId: scope === 'tenant' ? '' : scopeId }
}
