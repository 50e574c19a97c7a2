import type { OutlineChunk } from '../model/outline.ts'

/** A card goes into a column, and to a place there: behind one card, before another, or else to the end. */
export interface CardMove {
  id: string
  /** Empty for no status. */
  status: string
  afterId?: string
  beforeId?: string
}

type Chunks = ReadonlyMap<string, OutlineChunk>

/** The order of cards in a column: by rank, character by character. */
export function byRank(a: OutlineChunk, b: OutlineChunk): number {
  const [x, y] = a.rank === b.rank ? [a.id, b.id] : [a.rank ?? '', b.rank ?? '']
  return x < y ? -1 : x > y ? 1 : 0
}

/** The chunks with these cards moved; the ranks are this page's own until the server has said its. */
export function withCardMoves(chunks: Chunks, moves: readonly CardMove[]): Chunks {
  if (moves.length === 0) return chunks
  const next = new Map(chunks)
  const ends = new Map<string, string>()
  for (const move of moves) {
    const card = next.get(move.id)
    if (!card) continue
    const rank = rankFor(next, move, ends)
    next.set(move.id, { ...card, status: move.status, rank })
    if (rank > (ends.get(move.status) ?? rank)) ends.set(move.status, rank)
  }
  return next
}

/** `ends` knows the last ranks of columns that were asked for already: many cards may go to the same. */
function rankFor(chunks: Chunks, { id, status, afterId, beforeId }: CardMove, ends: Map<string, string>): string {
  const there = (card: OutlineChunk | undefined) =>
    card && card.id !== id && (card.status ?? '') === status ? card : undefined
  const after = there(chunks.get(afterId ?? ''))
  const before = there(chunks.get(beforeId ?? ''))
  if (after) return behind(after.rank)
  if (!before) {
    const end = ends.get(status) ?? lastRank(chunks, status)
    ends.set(status, end)
    return behind(end)
  }
  const column = [...chunks.values()].filter((card) => there(card) !== undefined).sort(byRank)
  const above = column[column.indexOf(before) - 1]
  return above ? behind(above.rank) : ahead(before.rank)
}

function lastRank(chunks: Chunks, status: string): string {
  let last = ''
  for (const card of chunks.values()) {
    if ((card.status ?? '') === status && (card.rank ?? '') > last) last = card.rank!
  }
  return last
}

/** Ranks of the server begin and go on with letters and digits: this is right behind, and before whatever follows. */
const behind = (rank = '') => `${rank}!`

const ahead = (rank = '') => (rank === '' ? '' : String.fromCharCode(rank.charCodeAt(0) - 1))

/** Where a card stands, to be put there again. */
export function cardPlace(chunks: Chunks, id: string): CardMove {
  const status = chunks.get(id)?.status ?? ''
  const column = columnOf(chunks, status)
  const at = column.indexOf(id)
  const [above, below] = [column[at - 1], column[at + 1]]
  return { id, status, ...(above ? { afterId: above } : {}), ...(below ? { beforeId: below } : {}) }
}

/** The columns that these cards are in, each in its order. */
export function columnsOf(chunks: Chunks, ids: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const statuses = new Set(ids.map((id) => chunks.get(id)?.status ?? ''))
  return new Map([...statuses].map((status) => [status, columnOf(chunks, status)]))
}

/** Where a card stood in a column as it was, beside what of it is there now. */
export function formerPlace(status: string, column: readonly string[], id: string, now: Chunks): CardMove {
  const isThere = (other: string) => now.has(other) && (now.get(other)?.status ?? '') === status
  const at = column.indexOf(id)
  const above = column.slice(0, at).findLast(isThere)
  const below = column.slice(at + 1).find(isThere)
  return { id, status, ...(above ? { afterId: above } : {}), ...(below ? { beforeId: below } : {}) }
}

function columnOf(chunks: Chunks, status: string): string[] {
  const cards = [...chunks.values()].filter((card) => (card.status ?? '') === status)
  return cards.sort(byRank).map(({ id }) => id)
}
