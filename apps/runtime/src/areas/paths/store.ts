import type { PathKind } from '@loomcycle/proto'
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import { inList } from '../../ground/db/dialect.ts'
import type { DirentsTable } from '../../ground/db/schema/dirents.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Place } from '../../ground/identity/place.ts'
import { prefixOf } from './path.ts'

type Db = Kysely<Schema>
export type Dirent = Pick<DirentsTable, 'path' | 'kind' | 'resource_ref' | 'created_at' | 'updated_at'>

const columns = ['path', 'kind', 'resource_ref', 'created_at', 'updated_at'] as const

export async function findDirent(db: Db, place: Place, path: string): Promise<Dirent | undefined> {
  return at(db.selectFrom('dirents').select(columns), place).where('path', '=', path).executeTakeFirst()
}

/** All names below a path, in order; the names of a segment are sorted by code point. */
export async function listBelow(db: Db, place: Place, path: string): Promise<Dirent[]> {
  return at(db.selectFrom('dirents').select(columns), place)
    .where('path', '>', prefixOf(path))
    .where('path', '<', afterPrefix(path))
    .orderBy('path')
    .execute()
}

export async function countBelow(db: Db, place: Place, path: string): Promise<number> {
  const { n } = await at(
    db.selectFrom('dirents').select((row) => row.fn.countAll<number>().as('n')),
    place,
  )
    .where('path', '>', prefixOf(path))
    .where('path', '<', afterPrefix(path))
    .executeTakeFirstOrThrow()
  return n
}

export async function putDirent(tx: Db, place: Place, entry: Omit<Dirent, 'created_at' | 'updated_at'>, now: number) {
  const written = { kind: entry.kind, resource_ref: entry.resource_ref, updated_at: now }
  await tx
    .insertInto('dirents')
    .values({
      tenant_id: place.tenantId,
      scope: place.scope,
      scope_id: place.scopeId,
      path: entry.path,
      created_at: now,
      ...written,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'scope', 'scope_id', 'path']).doUpdateSet(written))
    .execute()
}

/** Moves a name and everything below it. */
export async function renameSubtree(tx: Db, place: Place, from: string, to: string, now: number): Promise<void> {
  await tx
    .updateTable('dirents')
    .set({ path: sql<string>`${to} || substr(path, ${from.length + 1})`, updated_at: now })
    .where((row) => row.and({ tenant_id: place.tenantId, scope: place.scope, scope_id: place.scopeId }))
    .where((row) => row.or([row('path', '=', from), subtree(row, from)]))
    .execute()
}

export async function deleteSubtree(tx: Db, place: Place, path: string): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('dirents')
    .where((row) => row.and({ tenant_id: place.tenantId, scope: place.scope, scope_id: place.scopeId }))
    .where((row) => row.or([row('path', '=', path), subtree(row, path)]))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** The names of these things, oldest first. */
export async function listNames(db: Db, place: Place, resourceRefs: readonly string[]): Promise<Dirent[]> {
  return at(db.selectFrom('dirents').select(columns), place)
    .where('resource_ref', 'in', inList(resourceRefs))
    .orderBy('created_at')
    .orderBy('path')
    .execute()
}

/** The names of a kind of thing that contain this, whatever the case. */
export async function listContaining(db: Db, place: Place, kind: PathKind, part: string): Promise<Dirent[]> {
  return at(db.selectFrom('dirents').select(columns), place)
    .where('kind', '=', kind)
    .where(sql<boolean>`instr(lower(path), lower(${part})) > 0`)
    .execute()
}

export async function deleteNames(tx: Db, place: Place, resourceRef: string): Promise<void> {
  await tx
    .deleteFrom('dirents')
    .where((row) => row.and({ tenant_id: place.tenantId, scope: place.scope, scope_id: place.scopeId }))
    .where('resource_ref', '=', resourceRef)
    .execute()
}

function at<O>(query: SelectQueryBuilder<Schema, 'dirents', O>, place: Place) {
  return query.where((row) => row.and({ tenant_id: place.tenantId, scope: place.scope, scope_id: place.scopeId }))
}

// biome-ignore lint/suspicious/noExplicitAny: the builder of an update and that of a delete have no type in common
function subtree(row: any, path: string) {
  return row.and([row('path', '>', prefixOf(path)), row('path', '<', afterPrefix(path))])
}

/** `0` is the character after `/`, so a range finds by index what `LIKE` would search for. */
function afterPrefix(path: string): string {
  return path === '/' ? '0' : `${path}0`
}
