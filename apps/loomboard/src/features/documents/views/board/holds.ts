import type { OutlineChunk } from '../../model/outline.ts'
import { same } from '../../writing/patch.ts'
import type { Board, Hold } from './board-model.ts'

export interface Hand {
  /** The board as the person sees it. */
  board: Board | undefined
  /** What is dragged, focused, typed in, or has its menu open. */
  inHand: ReadonlySet<string>
  /** The cards that the person moves themselves, and to which status. */
  moving: ReadonlyMap<string, string>
}

type Holds = ReadonlyMap<string, Hold>

const none: Holds = new Map()

/** Where cards stand for whoever has them in their hand; they stay there, whoever moves them, until they are let go. */
export function holdsOf(before: Holds, chunks: ReadonlyMap<string, OutlineChunk>, hand: Hand): Holds {
  const { board, inHand, moving } = hand
  if (inHand.size === 0) return before.size === 0 ? before : none
  const holds = new Map<string, Hold>()
  for (const id of inHand) {
    const chunk = chunks.get(id)
    if (!chunk) continue
    const own = moving.get(id)
    const seen = board?.cards.get(id)
    const known: Hold | undefined = before.get(id) ?? (seen && { status: seen.status ?? '', rank: seen.rank })
    if (own !== undefined) holds.set(id, { status: own, rank: chunk.rank, isOwn: true })
    // It is where the server has let it go.
    else if (known?.isOwn) holds.set(id, { status: chunk.status ?? '', rank: chunk.rank })
    else if (known) holds.set(id, isAway(chunk, known) ? known : { status: known.status, rank: chunk.rank })
  }
  return isSame(before, holds) ? before : holds
}

/** Somebody has moved it to another column. */
export const isAway = (chunk: OutlineChunk, { status }: Hold): boolean => status !== (chunk.status ?? '')

function isSame(a: Holds, b: Holds): boolean {
  return a.size === b.size && [...b].every(([id, hold]) => same(a.get(id), hold))
}
