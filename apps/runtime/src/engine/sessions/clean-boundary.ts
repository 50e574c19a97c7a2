import type { Database } from '../../ground/db/database.ts'
import { findEvent, lastEventOf } from '../log/store.ts'

/** What a model or a person said, or what a tool did: between two of these a turn may be unfinished. */
const turnTypes = [
  ...(['user_input', 'text', 'thinking', 'tool_call', 'tool_result'] as const),
  ...(['assistant_turn', 'retry', 'provider_fallback'] as const),
] as const
const restTypes = ['awaiting_input', 'done'] as const

/**
 * The last event at or before `until` after which somebody can say something: the run rests there, or takes in what
 * was said. No call is without its result up to there. 0 where that is before everything.
 */
export async function cleanBoundary(db: Database, sessionId: string, until: number): Promise<number> {
  if (until <= 0) return 0
  if ((await findEvent(db, sessionId, until + 1))?.type === 'user_input') return until
  const rest = await lastEventOf(db, sessionId, restTypes, until)
  const turn = await lastEventOf(db, sessionId, turnTypes, until)
  if (turn <= rest) return until
  const said = await lastEventOf(db, sessionId, ['user_input'], until)
  return Math.max(rest, said - 1, 0)
}
