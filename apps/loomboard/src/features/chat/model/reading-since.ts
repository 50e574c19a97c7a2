import type { Turn } from './types.ts'

/** Since when the model has had something to read and has not said a word; undefined where that is not what happens. */
export function readingSince(turn: Turn): number | undefined {
  if (turn.status !== 'working' || turn.answeringSince !== undefined) return undefined
  const last = turn.parts.at(-1)
  if (last === undefined) return turn.input ? Math.max(turn.input.at, turn.startedAt) : turn.startedAt
  if (last.kind !== 'tool') return undefined
  // A call without an end is still at work.
  let since = 0
  for (const part of turn.parts) {
    if (part.kind !== 'tool') continue
    if (part.endedAt === undefined) return undefined
    since = Math.max(since, part.endedAt)
  }
  return since
}
