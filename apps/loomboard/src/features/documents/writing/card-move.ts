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
  for (const move of moves) {
    const card = next.get(move.id)
    if (card) next.set(move.id, { ...card, status: move.status, rank: rankFor(next, move) })
  }
  return next
}

function rankFor(chunks: Chunks, { id, status, afterId, beforeId }: CardMove): string {
  const there = (card: OutlineChunk | undefined) =>
    card && card.id !== id && (card.status ?? '') === status ? card : undefined
  const after = there(chunks.get(afterId ?? ''))
  const before = there(chunks.get(beforeId ?? ''))
  if (after) return behind(after.rank)
  const column = [...chunks.values()].filter((card) => there(card) !== undefined).sort(byRank)
  if (!before) return behind(column.at(-1)?.rank)
  const above = column[column.indexOf(before) - 1]
  return above ? behind(above.rank) : ahead(before.rank)
}

/** Ranks of the server begin and go on with letters and digits: this is right behind, and before whatever follows. */
const behind = (rank = '') => `${rank}!`

const ahead = (rank = '') => (rank === '' ? '' : String.fromCharCode(rank.charCodeAt(0) - 1))

/** Where a card stands, to be put there again. */
export function cardPlace(chunks: Chunks, id: string): CardMove {
  const status = chunks.get(id)?.status ?? ''
  const column = [...chunks.values()].filter((card) => (card.status ?? '') === status).sort(byRank)
  const at = column.findIndex((card) => card.id === id)
  const [above, below] = [column[at - 1]?.id, column[at + 1]?.id]
  return { id, status, ...(above ? { afterId: above } : {}), ...(below ? { beforeId: below } : {}) }
}
