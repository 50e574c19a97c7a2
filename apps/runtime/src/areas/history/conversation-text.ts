import { eventPages, type Stretch } from '../../engine/log/event-pages.ts'
import type { Database } from '../../ground/db/database.ts'
import { ConversationText, type TextFormat } from './to-text.ts'

/** The text of a part of a conversation, in pieces. */
export async function* conversationText(
  db: Database,
  chat: { session_id: string; agent: string },
  stretch: Stretch,
  format: TextFormat,
): AsyncGenerator<string, void, undefined> {
  const text = new ConversationText(chat.agent, format)
  for await (const page of eventPages(db, chat.session_id, stretch)) yield page.map((row) => text.add(row)).join('')
  yield text.end()
}
