import type { Kysely } from 'kysely'
import type { Schema } from '../../../ground/db/schema/index.ts'
import {
  isTaken,
  listShelves,
  putIntoSlot,
  type Siblings,
  setAside,
  shiftPositions,
  slotFor,
  splitShelf,
} from '../store/siblings.ts'
import { arrange, type Target } from './order.ts'

/** The chunk as it is placed now; one that is new has no place yet. */
export interface Placed extends Siblings {
  n: number
  shelf: number
  position: number
}

/** Puts a chunk among siblings, who make room; answers with its position. */
export async function placeChunk(
  tx: Kysely<Schema>,
  chunk: { n: number } & Partial<Placed>,
  siblings: Siblings,
  target: Target,
): Promise<number> {
  const before = isPlaced(chunk) ? chunk : undefined
  if (before) await setAside(tx, before)
  const shelves = await listShelves(tx, siblings)
  const last = shelves.at(-1)
  const { position, shift } = await arrange(target, {
    old: before?.parent_id === siblings.parent_id ? before.position : undefined,
    lowest: siblings.parent_id === '' ? 1 : 0,
    last: last ? last.base + last.last : -1,
    isTaken: (candidate) => isTaken(tx, siblings, shelves, candidate),
  })
  if (shift) await shiftPositions(tx, siblings, shelves, shift)
  const slot = await slotFor(tx, siblings, shelves, position)
  await putIntoSlot(tx, chunk.n, siblings, slot)
  await splitShelf(tx, siblings, slot.shelf)
  return position
}

function isPlaced(chunk: Partial<Placed>): chunk is Placed {
  return chunk.position !== undefined
}
