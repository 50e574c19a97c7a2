import type { DatabaseSync } from 'node:sqlite'
import { fold } from '../full-text/fold.ts'

/** What our SQL asks for that SQLite does not have. */
export function provideFunctions(db: DatabaseSync) {
  db.function('fold', { deterministic: true }, (text) => (typeof text === 'string' ? fold(text) : null))
}
