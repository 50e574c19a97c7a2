import { newestStretch } from '../../engine/log/event-pages.ts'
import type { Database } from '../../ground/db/database.ts'
import { conversationText } from './conversation-text.ts'

const longestEnd = 60_000

/** What was said, as much as a model is to read of it: the beginning says what it is about, the end where it stands. */
export async function textToRecap(db: Database, chat: { session_id: string; agent: string }): Promise<string> {
  let beginning = ''
  let end = ''
  let isWhole = true
  const stretch = await newestStretch(db, chat.session_id)
  for await (const piece of conversationText(db, chat, stretch, 'conversation')) {
    const room = longestEnd - beginning.length
    beginning += piece.slice(0, Math.max(room, 0))
    end += piece.slice(Math.max(room, 0))
    if (end.length > longestEnd) {
      isWhole = false
      end = end.slice(-longestEnd)
    }
  }
  return isWhole ? beginning + end : `${beginning.toWellFormed()}\n\n[…]\n\n${end.toWellFormed()}`
}
