import type { Database } from '../../db/database.ts'
import { type LoggedEvent, listEventsBefore } from '../../log/store.ts'
import { findOwnChat } from '../access.ts'
import { toChat } from '../chat.ts'
import { toText } from '../to-text.ts'
import { toTranscriptEntry } from '../transcript-entry.ts'
import type { HistoryOp } from './index.ts'

export const get: HistoryOp<'get'> = async (ctx, { scope = 'self', session_id, format, limit, before_seq }) => {
  const row = await findOwnChat(ctx, session_id)
  const events = newestEvents(ctx.db, session_id, before_seq, limit)
  const base = { scope, chat: toChat(row), ...((events[0]?.seq ?? 1) > 1 ? { has_more: true } : {}) }
  if (format) return { ...base, format, markdown: toText(events, row.agent, format) }
  return { ...base, transcript: events.filter(({ type }) => type !== 'assistant_turn').map(toTranscriptEntry) }
}

/** Oldest first. */
export function newestEvents(
  db: Database,
  sessionId: string,
  before = Number.MAX_SAFE_INTEGER,
  limit = Number.MAX_SAFE_INTEGER,
): LoggedEvent[] {
  return listEventsBefore(db, sessionId, before, limit)
}
