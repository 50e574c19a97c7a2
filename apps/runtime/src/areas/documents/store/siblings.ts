import { type Kysely, sql } from 'kysely'
import { unlimited } from '../../../ground/db/dialect.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { insertRows } from './insert-rows.ts'

type Db = Kysely<Schema>

/** The children of one chunk, or a document's chunks at the top level (`parent_id` empty). */
export interface Siblings {
  document_id: string
  parent_id: string
}

/** A stretch of siblings that are renumbered together by its `base`; never empty. */
export interface Shelf {
  shelf: number
  base: number
  /** Slots of its first and last chunk. */
  first: number
  last: number
}

export interface Slot {
  shelf: number
  slot: number
}

const fewest = 64
const most = 128
const step = 2 ** 32

const slotsOf = (order: 'asc' | 'desc') =>
  sql<number | null>`(
    select slot from chunks as c
    where c.document_id = s.document_id and c.parent_id = s.parent_id and c.shelf = s.shelf
    order by slot ${sql.raw(order)} limit 1)`

export async function listShelves(db: Db, siblings: Siblings): Promise<Shelf[]> {
  const rows = await db
    .selectFrom('chunk_shelves as s')
    .select(['s.shelf', 's.base', slotsOf('asc').as('first'), slotsOf('desc').as('last')])
    .where((e) => e.and(siblings))
    .orderBy('s.shelf')
    .execute()
  return rows.filter((row): row is Shelf => row.first !== null)
}

async function findLastShelf(db: Db, siblings: Siblings): Promise<Shelf | undefined> {
  const row = await db
    .selectFrom('chunk_shelves as s')
    .select(['s.shelf', 's.base', slotsOf('asc').as('first'), slotsOf('desc').as('last')])
    .where((e) => e.and(siblings))
    .where(slotsOf('desc'), 'is not', null)
    .orderBy('s.shelf', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row as Shelf | undefined
}

/** The sibling that a chunk stands behind; empty where it is the first of those that can be seen. */
export async function findSiblingBefore(db: Db, chunkId: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select b.id from chunks as c join live_chunks as b
      on b.document_id = c.document_id and b.parent_id = c.parent_id and (b.shelf, b.slot) < (c.shelf, c.slot)
    where c.id = ${chunkId} order by b.shelf desc, b.slot desc limit 1`.execute(db)
  return rows[0]?.id ?? ''
}

export async function isTaken(
  db: Db,
  siblings: Siblings,
  shelves: readonly Shelf[],
  position: number,
): Promise<boolean> {
  const on = shelves.find((shelf) => shelf.base + shelf.first <= position && position <= shelf.base + shelf.last)
  if (!on) return false
  const row = await db
    .selectFrom('chunks')
    .select('n')
    .where((e) => e.and({ ...siblings, shelf: on.shelf, slot: position - on.base }))
    .executeTakeFirst()
  return row !== undefined
}

/** Adds `by` to the positions from `from` up to before `to`; whoever calls sees to it that there is room. */
export async function shiftPositions(
  tx: Db,
  siblings: Siblings,
  shelves: readonly Shelf[],
  { from, to, by }: { from: number; to: number; by: number },
): Promise<void> {
  const whole: Shelf[] = []
  for (const shelf of shelves) {
    const first = shelf.base + shelf.first
    const last = shelf.base + shelf.last
    if (last < from || first >= to) continue
    if (first >= from && last < to) {
      whole.push(shelf)
      continue
    }
    await tx
      .updateTable('chunks')
      .set((e) => ({ slot: e('slot', '+', by) }))
      .where((e) => e.and({ ...siblings, shelf: shelf.shelf }))
      .where('slot', '>=', from - shelf.base)
      .where('slot', '<', Math.min(to - shelf.base, unlimited))
      .execute()
    if (first >= from) shelf.first += by
    if (last < to) shelf.last += by
  }
  const [first] = whole
  if (!first) return
  // They follow one another, so a range of their numbers is all of them.
  await tx
    .updateTable('chunk_shelves')
    .set((e) => ({ base: e('base', '+', by) }))
    .where((e) => e.and(siblings))
    .where('shelf', '>=', first.shelf)
    .where('shelf', '<=', whole.at(-1)!.shelf)
    .execute()
  for (const shelf of whole) shelf.base += by
}

/** Where a chunk of this position belongs; makes a shelf where there is none. */
export async function slotFor(tx: Db, siblings: Siblings, shelves: readonly Shelf[], position: number): Promise<Slot> {
  const on = shelves.findLast((shelf) => shelf.base + shelf.first <= position) ?? shelves[0]
  if (on) return { shelf: on.shelf, slot: position - on.base }
  await tx
    .insertInto('chunk_shelves')
    .values({ ...siblings, shelf: 0, base: position })
    .onConflict((conflict) => conflict.columns(['document_id', 'parent_id', 'shelf']).doUpdateSet({ base: position }))
    .execute()
  return { shelf: 0, slot: 0 }
}

/** Halves a shelf that has become too full. */
export async function splitShelf(tx: Db, siblings: Siblings, shelf: number): Promise<void> {
  const slots = await tx
    .selectFrom('chunks')
    .select('slot')
    .where((e) => e.and({ ...siblings, shelf }))
    .orderBy('slot')
    .execute()
  if (slots.length <= most) return
  const numbers = await tx
    .selectFrom('chunk_shelves')
    .select(['shelf', 'base'])
    .where((e) => e.and(siblings))
    .where('shelf', '>=', shelf)
    .orderBy('shelf')
    .limit(2)
    .execute()
  const next = numbers[1]?.shelf ?? shelf + 2 * step
  const between = Math.floor((shelf + next) / 2)
  if (between === shelf) {
    await spreadShelves(tx, siblings)
    return
  }
  await tx
    .insertInto('chunk_shelves')
    .values({ ...siblings, shelf: between, base: numbers[0]!.base })
    .execute()
  await tx
    .updateTable('chunks')
    .set({ shelf: between })
    .where((e) => e.and({ ...siblings, shelf }))
    .where('slot', '>=', slots[slots.length >> 1]!.slot)
    .execute()
}

/** Gives the shelves of very lopsided siblings new numbers; the next chunk that comes can split its shelf again. */
async function spreadShelves(tx: Db, siblings: Siblings): Promise<void> {
  const shelves = await tx
    .selectFrom('chunk_shelves')
    .select('shelf')
    .where((e) => e.and(siblings))
    .orderBy('shelf')
    .execute()
  const renumber = async (from: number, to: number) => {
    for (const table of ['chunk_shelves', 'chunks'] as const) {
      await tx
        .updateTable(table)
        .set({ shelf: to })
        .where((e) => e.and({ ...siblings, shelf: from }))
        .execute()
    }
  }
  // By way of numbers nobody has.
  for (const [i, { shelf }] of shelves.entries()) await renumber(shelf, -1 - i)
  for (const [i] of shelves.entries()) await renumber(-1 - i, i * step)
}

/** Makes room for so many new chunks after the last. */
export async function appendSlots(
  tx: Db,
  siblings: Siblings,
  count: number,
): Promise<Array<Slot & { position: number }>> {
  const last = await findLastShelf(tx, siblings)
  const start = last ? last.base + last.last + 1 : 0
  if (count === 1 && last) return [{ shelf: last.shelf, slot: start - last.base, position: start }]
  const firstShelf = last ? last.shelf + step : 0
  const places = Array.from({ length: count }, (_, i) => ({
    shelf: firstShelf + Math.floor(i / fewest) * step,
    slot: i % fewest,
    position: start + i,
  }))
  await insertRows(
    tx,
    'insert into chunk_shelves',
    ['document_id', 'parent_id', 'shelf', 'base'],
    places
      .filter(({ slot }) => slot === 0)
      .map(({ shelf, position }) => [siblings.document_id, siblings.parent_id, shelf, position]),
    'on conflict (document_id, parent_id, shelf) do update set base = excluded.base',
  )
  return places
}

export async function putIntoSlot(tx: Db, n: number, { parent_id }: Siblings, { shelf, slot }: Slot): Promise<void> {
  await tx.updateTable('chunks').set({ parent_id, shelf, slot }).where('n', '=', n).execute()
}

/** No chunk has such an id, so whoever is under it is nobody's sibling. */
const ASIDE = '-'

export async function setAside(tx: Db, { n, document_id, parent_id, shelf }: { n: number; shelf: number } & Siblings) {
  await tx.updateTable('chunks').set({ parent_id: ASIDE }).where('n', '=', n).execute()
  await deleteEmptyShelves(tx, { document_id, parent_id }, shelf)
}

export async function deleteEmptyShelves(tx: Db, { document_id, parent_id }: Siblings, shelf: number): Promise<void> {
  await sql`
    delete from chunk_shelves
    where document_id = ${document_id} and parent_id = ${parent_id} and shelf = ${shelf} and not exists (
      select 1 from chunks as c
      where c.document_id = ${document_id} and c.parent_id = ${parent_id} and c.shelf = ${shelf})`.execute(tx)
}

/** The nearest sibling above or below. */
export async function findNeighbour(
  db: Db,
  { document_id, parent_id, shelf, slot }: Siblings & Slot,
  direction: 'up' | 'down',
): Promise<string | undefined> {
  const [compare, order] = direction === 'up' ? (['<', 'desc'] as const) : (['>', 'asc'] as const)
  const row = await db
    .selectFrom('live_chunks')
    .select('id')
    .where((e) => e.and({ document_id, parent_id }))
    .where(sql<boolean>`(shelf, slot) ${sql.raw(compare)} (${shelf}, ${slot})`)
    .orderBy('shelf', order)
    .orderBy('slot', order)
    .limit(1)
    .executeTakeFirst()
  return row?.id
}
