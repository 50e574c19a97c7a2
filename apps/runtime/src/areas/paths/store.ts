import type { PathKind } from '@loomcycle/proto'
import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { inList, unlimited } from '../../ground/db/dialect.ts'
import type { DirentsTable } from '../../ground/db/schema/dirents.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Place } from '../../ground/identity/place.ts'
import { afterPrefix, prefixOf } from './path.ts'

type Db = Kysely<Schema>
export type Dirent = Pick<DirentsTable, 'path' | 'kind' | 'resource_ref' | 'created_at' | 'updated_at'>

const columns = ['path', 'kind', 'resource_ref', 'created_at', 'updated_at'] as const

export async function findDirent(db: Db, place: Place, path: string): Promise<Dirent | undefined> {
  return at(db.selectFrom('live_dirents').select(columns), place).where('path', '=', path).executeTakeFirst()
}

/** A page of the names below a path, in order; the names of a segment are sorted by code point. */
export async function listBelow(
  db: Db,
  place: Place,
  path: string,
  { from, limit }: { from: string; limit: number },
): Promise<Dirent[]> {
  return at(db.selectFrom('live_dirents').select(columns), place)
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

/** At most so many. */
export async function countBelow(db: Db, place: Place, path: string, limit = unlimited): Promise<number> {
  const { n } = await db
    .selectFrom(below(db, place, path).select('path').limit(limit).as('some'))
    .select((row) => row.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

export async function putDirent(tx: Db, place: Place, entry: Omit<Dirent, 'created_at' | 'updated_at'>, now: number) {
  const written = { kind: entry.kind, resource_ref: entry.resource_ref, updated_at: now, batch: null }
  const isHidden = sql`dirents.batch in (select id from hidden_name_batches)`
  const since = sql<number>`case when ${isHidden} then ${now} else dirents.created_at end`
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
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'scope', 'scope_id', 'path']).doUpdateSet({ ...written, created_at: since }),
    )
    .execute()
}

/** Where names go. */
export interface Move {
  from: string
  to: string
  now: number
}

export async function renameDirent(tx: Db, place: Place, move: Move): Promise<void> {
  await rename(tx, place, move).where('path', '=', move.from).execute()
}

/** All that is below a path. */
export async function renameBelow(tx: Db, place: Place, move: Move): Promise<void> {
  await rename(tx, place, move).where(isUnder(move.from)).execute()
}

function rename(tx: Db, place: Place, { from, to, now }: Move) {
  return tx
    .updateTable('dirents')
    .set({ path: moved({ from, to }), updated_at: now })
    .where(isAt(place))
}

/** What a path below `from` becomes. */
export function moved({ from, to }: Pick<Move, 'from' | 'to'>): RawBuilder<string> {
  return sql<string>`${to} || substr(path, ${from.length + 1})`
}

/** Says whether it was there, as a number. */
export async function deleteDirent(tx: Db, place: Place, path: string): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('dirents')
    .where(isAt(place))
    .where('path', '=', path)
    .where(isLive)
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
      and ${isLive} and resource_ref in ${inList(resourceRefs)}
    order by created_at, path`.execute(db)
  return rows
}

/** The names of a kind of thing that contain this, whatever the case. */
export async function listContaining(db: Db, place: Place, kind: PathKind, part: string): Promise<Dirent[]> {
  return at(db.selectFrom('live_dirents').select(columns), place)
    .where('kind', '=', kind)
    .where(sql<boolean>`instr(lower(path), lower(${part})) > 0`)
    .execute()
}

/** Those that are still to come as well. */
export async function deleteNames(tx: Db, place: Place, resourceRef: string): Promise<void> {
  await sql`delete from dirents ${byResource(place)} and resource_ref = ${resourceRef}`.execute(tx)
}

/** Left to itself, SQLite looks through all names of the place. */
function byResource(place: Place) {
  return sql`indexed by dirents_by_resource where ${isAt(place)}`
}

/** What the view asks, for statements that cannot ask the view. */
const isLive = sql<boolean>`(batch is null or batch not in (select id from hidden_name_batches))`

function at<O>(query: SelectQueryBuilder<Schema, 'live_dirents', O>, place: Place) {
  return query.where(isAt(place))
}

function below(db: Db, place: Place, path: string) {
  return at(db.selectFrom('live_dirents'), place).where(isUnder(path))
}

export function isAt({ tenantId, scope, scopeId }: Place): RawBuilder<boolean> {
  return sql<boolean>`(tenant_id = ${tenantId} and scope = ${scope} and scope_id = ${scopeId})`
}

export function isUnder(path: string): RawBuilder<boolean> {
  return sql<boolean>`(path > ${prefixOf(path)} and path < ${afterPrefix(path)})`
}
