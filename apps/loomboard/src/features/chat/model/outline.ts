import { clip } from '../../../lib/format.ts'
import { chatName } from '../../../lib/runs/chat-name.ts'
import type { Turn } from './types.ts'

export interface OutlineEntry {
  turnId: string
  title: string
  at: number
  failed: boolean
}

/** A line for every message of a person; what an agent said unasked belongs to the one before. */
export function toOutline(turns: readonly Turn[]): OutlineEntry[] {
  return turns.flatMap((turn) =>
    turn.input
      ? [
          {
            turnId: turn.id,
            title: clip(chatName(turn.input.text), 120),
            at: turn.input.at,
            failed: turn.status === 'failed',
          },
        ]
      : [],
  )
}

/** Where a turn stands in the log; nothing for one that the log has not named yet. */
export function turnSeq(turnId: string): number | undefined {
  const seq = /^s(\d+)$/.exec(turnId)?.[1]
  return seq === undefined ? undefined : Number(seq)
}

/** The turn an address names: the last one that begins at or before it. A live turn may begin an event later. */
export function turnAt(turns: readonly Turn[], address: string): Turn | undefined {
  const wanted = turnSeq(address)
  if (wanted === undefined) return turns.find((turn) => turn.id === address)
  const exact = turns.find((turn) => turn.id === address)
  return exact ?? turns.findLast((turn) => (turnSeq(turn.id) ?? Number.POSITIVE_INFINITY) <= wanted)
}
