import { eventPages, newestStretch, withinBytes } from '../../../engine/log/event-pages.ts'
import type { LoggedEvent } from '../../../engine/log/store.ts'
import { JsonParts, listParts, objectParts, textParts } from '../../../ground/json-parts.ts'
import { findOwnChat, mostBytes } from '../access.ts'
import { toChat } from '../chat.ts'
import { conversationText } from '../conversation-text.ts'
import { toTranscriptEntry } from '../transcript-entry.ts'
import type { HistoryOp } from './index.ts'

/** Read as it is sent: it may be a long conversation. */
export const get: HistoryOp<'get'> =
  ({ db }) =>
  async (caller, input) => {
    const { scope = 'self', session_id, format, limit, before_seq } = input
    const row = await findOwnChat(db, caller, session_id)
    const asked = await newestStretch(db, session_id, before_seq, limit)
    const most = mostBytes(caller)
    const stretch = most === undefined ? asked : await withinBytes(db, session_id, asked, most)
    const head = { scope, chat: toChat(row), ...(stretch.first > 1 ? { has_more: true } : {}) }
    if (format) {
      const text = textParts(conversationText(db, row, stretch, format))
      return new JsonParts(objectParts({ ...head, format }, 'markdown', text))
    }
    return new JsonParts(objectParts(head, 'transcript', listParts(entries(eventPages(db, session_id, stretch)))))
  }

async function* entries(pages: AsyncIterable<LoggedEvent[]>) {
  for await (const page of pages)
    yield page.filter(({ type }) => type !== 'assistant_turn').map((row) => JSON.stringify(toTranscriptEntry(row)))
}
