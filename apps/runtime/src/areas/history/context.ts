import type { Clock } from '../../ground/clock.ts'
import type { Database } from '../../ground/db/database.ts'
import type { ChatRow } from './store.ts'

export interface HistoryContext {
  db: Database
  clock: Clock
  /** Has the model of the conversation's agent put a text into a few sentences. */
  summarise(chat: ChatRow, text: string): Promise<string>
}
