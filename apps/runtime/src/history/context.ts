import type { Clock } from '../clock.ts'
import type { Database } from '../db/database.ts'
import type { Principal } from '../identity/principal.ts'

export interface HistoryContext {
  db: Database
  clock: Clock
  principal: Principal
}
