import { generateNKeysBetween } from 'fractional-indexing'
import type { Draft } from '../../chunks/add-chunks.ts'
import type { StoredChunk } from '../../chunks/chunk.ts'

type Placed = Pick<StoredChunk, 'status' | 'rank'>

/** Statuses of columns whose cards stand in another order than in the text; `chunks` as they stand there. */
export function* columnsOfTheirOwn(chunks: Iterable<Placed>): Generator<unknown, Set<string>> {
  const last = new Map<string, string>()
  const own = new Set<string>()
  for (const { status, rank } of chunks) {
    yield
    if (status === '') continue
    if (rank < (last.get(status) ?? '')) own.add(status)
    last.set(status, rank)
  }
  return own
}

/**
 * Gives cards the order in their column that a text says, after those that are there already. What it says is only
 * compared: the ranks themselves are new.
 */
export async function placed<D extends Draft>(
  drafts: readonly D[],
  saidRank: (draft: D) => string | undefined,
  lastRank: (status: string) => Promise<string | null>,
): Promise<void> {
  const columns = Map.groupBy(drafts, ({ status = '' }) => status)
  for (const [status, cards] of columns) {
    const said = cards.map((draft, i) => ({ draft, i, rank: saidRank(draft) }))
    if (status === '' || said.every(({ rank }) => rank === undefined)) continue
    said.sort((a, b) => compared(a.rank, b.rank) || a.i - b.i)
    const ranks = generateNKeysBetween(await lastRank(status), null, said.length)
    for (const [i, { draft }] of said.entries()) draft.rank = ranks[i]!
  }
}

/** Those that say nothing come last. */
function compared(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b ? -1 : 1
}
