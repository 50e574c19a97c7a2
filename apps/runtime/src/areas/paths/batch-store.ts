import { type Kysely, type Selectable, sql } from 'kysely'
import type { NameBatchesTable } from '../../ground/db/schema/dirents.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Place } from '../../ground/identity/place.ts'
import { isAt, isUnder, type Move, moved } from './store.ts'

type Db = Kysely<Schema>
type BatchState = Selectable<NameBatchesTable>['state']

const removedAtOnce = 1000

/** Names that are still there until they go, and those that come in their place. */
export interface MoveBatches {
  going: number
  coming: number
}

export async function insertMove(tx: Db, place: Place): Promise<MoveBatches> {
  return { going: await insertBatch(tx, place, 'marking'), coming: await insertBatch(tx, place, 'coming') }
}

async function insertBatch(tx: Db, { tenantId, scope, scopeId }: Place, state: BatchState): Promise<number> {
  const { id } = await tx
    .insertInto('name_batches')
    .values({ tenant_id: tenantId, scope, scope_id: scopeId, state })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A page of the names below a path that a move does not have yet: they are new, or somebody has changed them. */
export async function listUnmoved(
  db: Db,
  place: Place,
  path: string,
  { going }: MoveBatches,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('live_dirents')
    .select('path')
    .where(isAt(place))
    .where(isUnder(path))
    .where('path', '>', after)
    .where('batch', 'is distinct from', going)
    .orderBy('path')
    .limit(limit)
    .execute()
  return rows.map((row) => row.path)
}

/** Copies the names between two, the two included, to where they are going, and marks them. */
export async function copyNames(
  tx: Db,
  place: Place,
  [first, last]: [string, string],
  move: Move,
  { going, coming }: MoveBatches,
): Promise<void> {
  const these = sql`${isAt(place)} and path >= ${first} and path <= ${last} and batch is distinct from ${going}`
  await sql`
    insert into dirents (tenant_id, scope, scope_id, path, kind, resource_ref, created_at, updated_at, batch)
    select tenant_id, scope, scope_id, ${moved(move)}, kind, resource_ref, created_at, ${move.now}, ${coming}
    from live_dirents where ${these}
    on conflict (tenant_id, scope, scope_id, path) do update
    set kind = excluded.kind, resource_ref = excluded.resource_ref, created_at = excluded.created_at
    where dirents.batch = ${coming}`.execute(tx)
  await sql`update dirents set batch = ${going} where ${these}`.execute(tx)
}

/** Takes away the copies of names that somebody has removed meanwhile. */
export async function deleteStrayCopies(tx: Db, { from, to }: Move, { going, coming }: MoveBatches): Promise<void> {
  if ((await countIn(tx, going)) === (await countIn(tx, coming))) return
  const originals = sql`select ${moved({ from, to })} from dirents where batch = ${going}`
  await sql`delete from dirents where batch = ${coming} and path not in (${originals})`.execute(tx)
}

async function countIn(db: Db, batch: number): Promise<number> {
  const { n } = await db
    .selectFrom('dirents')
    .select((row) => row.fn.countAll<number>().as('n'))
    .where('batch', '=', batch)
    .executeTakeFirstOrThrow()
  return n
}

/** From here on the names are where they were to go. */
export async function completeMove(tx: Db, { going, coming }: MoveBatches): Promise<void> {
  await tx.deleteFrom('name_batches').where('id', '=', coming).execute()
  await tx.updateTable('name_batches').set({ state: 'going' }).where('id', '=', going).execute()
}

/** The names stay where they are; nothing happens where the move is complete. */
export async function dropMove(tx: Db, { going, coming }: MoveBatches): Promise<void> {
  await dropMoves(tx, [going, coming])
}

/** What a process that has ended was in the middle of. */
export async function dropUnfinishedMoves(tx: Db): Promise<void> {
  await dropMoves(tx)
}

async function dropMoves(tx: Db, only?: readonly number[]) {
  const unmarked = tx.deleteFrom('name_batches').where('state', '=', 'marking')
  await (only ? unmarked.where('id', 'in', only) : unmarked).execute()
  const dropped = tx.updateTable('name_batches').set({ state: 'going' }).where('state', '=', 'coming')
  await (only ? dropped.where('id', 'in', only) : dropped).execute()
}

/** Names that are gone and are still to be removed: of a place, or anybody's. */
export async function findGoingNames(db: Db, place?: Place): Promise<number | undefined> {
  const going = db.selectFrom('name_batches').select('id').where('state', '=', 'going')
  const some = place ? going.where(isAt(place)) : going
  return (await some.orderBy('id').limit(1).executeTakeFirst())?.id
}

/** One step; the last one removes the batch. */
export async function removeGoingNames(tx: Db, batch: number): Promise<void> {
  const { numAffectedRows } = await sql`
    delete from dirents where (tenant_id, scope, scope_id, path) in (
      select tenant_id, scope, scope_id, path from dirents where batch = ${batch} limit ${removedAtOnce})`.execute(tx)
  if (Number(numAffectedRows) < removedAtOnce) await tx.deleteFrom('name_batches').where('id', '=', batch).execute()
}
