import { generateNKeysBetween } from 'fractional-indexing'
import type { Edit } from '../edit.ts'
import { type Column, listAround, updateRanks } from '../store/ranks.ts'

/** A rank that would be longer has the cards around it spread anew. */
export const longestRank = 64

/** So many cards around a place are looked at first, and so many at most. */
const [fewest, most] = [32, 2048]

/** The more cards are spread, the shorter their ranks have to be, so that as many come between them before it happens again. */
const roomFor = (count: number) => longestRank - 8 - 6 * Math.log2(count / fewest)

/**
 * A rank between two that stand side by side, where theirs leave no short one: the cards around get new ones in the same
 * order, as many as it takes. That makes no revision of theirs, and is told in one change that names none of them.
 */
export async function spreadAround(
  edit: Edit,
  column: Column,
  from: string | null,
  to: string | null,
): Promise<string> {
  for (let count = fewest; ; count *= 2) {
    const { before, after, low, high } = await listAround(edit.tx, column, { from, to }, count / 2)
    const ranks = generateNKeysBetween(low, high, before.length + 1 + after.length)
    const isShort = ranks.every(({ length }) => length <= roomFor(count))
    if (!isShort && count < most) continue
    const [rank] = ranks.splice(before.length, 1)
    const changed = [...before, ...after]
      .map(({ n, id, rank: was }, i) => ({ n, id, was, rank: ranks[i]! }))
      .filter(({ was, rank }) => was !== rank)
    await updateRanks(edit.tx, changed)
    edit.record({
      ...{ op: 'move_card', document_id: column.document_id, chunk_id: '', revision: 0, before: undefined },
      detail: { ranks: Object.fromEntries(changed.map(({ id, rank }) => [id, rank])) },
    })
    return rank!
  }
}
