import type { PathKind } from '@loomcycle/proto'
import { type ExpressionBuilder, type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { inList } from '../../ground/db/dialect.ts'
import type { DirentsTable } from '../../ground/db/schema/dirents.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Place } from '../../ground/identity/place.ts'
import { afterPrefix, prefixOf } from './path.ts'

type Db = Kysely<Schema>
export type Dirent = Pick<DirentsTable, 'path' | 'kind' | 'resource_ref' | 'created_at' | 'updated_at'>

const columns = ['path', 'kind', 'resource_ref', 'created_at', 'updated_at'] as const

export async function findDirent(db: Db, place: Place, path: string): Promise<Dirent | undefined> {
  return at(db.selectFrom('dirents').select(columns), place).where('path', '=', path).executeTakeFirst()
}

/** A page of the names below a path, in order; the names of a segment are sorted by code point. */
export async function listBelow(
  db: Db,
  place: Place,
  path: string,
  { from, limit }: { from: string; limit: number },
): Promise<Dirent[]> {
  return at(db.selectFrom('dirents').select(columns), place)
    .where('path', '>=', from)
    .where('path', '<', afterPrefix(path))
    .orderBy('path')
    .limit(limit)
    .execute()
}

/** Whether a path is a directory because of what is in it. */
export async function hasBelow(db: Db, place: Place, path: string): Promise<boolean> {
  return (await listBelow(db, place, path, { from: prefixOf(path), limit: 1 })).length > 0
}

/** Since when there has been something below a path, and when it last changed; null where there is nothing. */
export async function timesBelow(db: Db, place: Place, path: string) {
  return below(db, place, path)
    .select((row) => [
      row.fn.min<number | null>('created_at').as('created_at'),
      row.fn.max<number | null>('updated_at').as('updated_at'),
    ])
    .executeTakeFirstOrThrow()
}

/** The longest and the deepest of the paths below a path. */
export async function listExtremesBelow(db: Db, place: Place, path: string): Promise<string[]> {
  const most = (what: RawBuilder<number>) => below(db, place, path).select('path').orderBy(what, 'desc').limit(1)
  const longest = await most(sql<number>`length(path)`).executeTakeFirst()
  const deepest = await most(sql<number>`length(replace(path, '/', '//')) - length(path)`).executeTakeFirst()
  return [longest, deepest].flatMap((found) => found?.path ?? [])
}

/** At most so many. */
export async function countBelow(db: Db, place: Place, path: string, limit = -1): Promise<number> {
  const { n } = await db
    .selectFrom(below(db, place, path).select('path').limit(limit).as('some'))
    .select((row) => row.fn.countAll<number>().as('n'))
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
  // Each by itself is a range of the index; both in one would look through all names there are.
  for (const which of [isExactly(from), isUnder(from)]) {
    await tx
      .updateTable('dirents')
      .set({ path: sql<string>`${to} || substr(path, ${from.length + 1})`, updated_at: now })
      .where(isAt(place))
      .where(which)
      .execute()
  }
}

/** Says whether it was there, as a number. */
export async function deleteDirent(tx: Db, place: Place, path: string): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('dirents')
    .where(isAt(place))
    .where('path', '=', path)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** So many of the names below a path; says how many there were. */
export async function deleteBelow(tx: Db, place: Place, path: string, limit: number): Promise<number> {
  const some = below(tx, place, path).select('path').limit(limit)
  const { numDeletedRows } = await tx
    .deleteFrom('dirents')
    .where(isAt(place))
    .where('path', 'in', some)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** The names of these things, oldest first. */
export async function listNames(db: Db, place: Place, resourceRefs: readonly string[]): Promise<Dirent[]> {
  const { rows } = await sql<Dirent>`
    select path, kind, resource_ref, created_at, updated_at from dirents ${byResource(place)}
      and resource_ref in ${inList(resourceRefs)}
    order by created_at, path`.execute(db)
  return rows
}

/** The names of a kind of thing that contain this, whatever the case. */
export async function listContaining(db: Db, place: Place, kind: PathKind, part: string): Promise<Dirent[]> {
  return at(db.selectFrom('dirents').select(columns), place)
    .where('kind', '=', kind)
    .where(sql<boolean>`instr(lower(path), lower(${part})) > 0`)
    .execute()
}

export async function deleteNames(tx: Db, place: Place, resourceRef: string): Promise<void> {
  await sql`delete from dirents ${byResource(place)} and resource_ref = ${resourceRef}`.execute(tx)
}

/** Left to itself, SQLite looks through all names of the place. */
function byResource({ tenantId, scope, scopeId }: Place) {
  return sql`indexed by dirents_by_resource
    where tenant_id = ${tenantId} and scope = ${scope} and scope_id = ${scopeId}`
}

function at<O>(query: SelectQueryBuilder<Schema, 'dirents', O>, place: Place) {
  return query.where(isAt(place))
}

function below(db: Db, place: Place, path: string) {
  return at(db.selectFrom('dirents'), place).where(isUnder(path))
}

type Where = ExpressionBuilder<Schema, 'dirents'>

function isAt({ tenantId, scope, scopeId }: Place) {
  return (row: Where) => row.and({ tenant_id: tenantId, scope, scope_id: scopeId })
}

function isExactly(path: string) {
  return (row: Where) => row('path', '=', path)
}

function isUnder(path: string) {
  return (row: Where) => row.and([row('path', '>', prefixOf(path)), row('path', '<', afterPrefix(path))])
}
