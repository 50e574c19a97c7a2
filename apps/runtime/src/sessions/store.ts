import type { Selectable } from 'kysely'
import type { Statement } from '../db/commit-writer.ts'
import type { Database } from '../db/database.ts'
import { insertRow } from '../db/insert-row.ts'
import type { SessionsTable } from '../db/schema/sessions.ts'

export type SessionRow = Selectable<SessionsTable>

export function insertSession(row: Omit<SessionRow, 'pinned' | 'title' | 'archived_at'>): Statement {
  return insertRow('sessions', { ...row, title: null, archived_at: null })
}

export function touchSession(sessionId: string, at: number): Statement {
  return { sql: 'update sessions set last_activity = ? where id = ?', parameters: [at, sessionId] }
}

export function findSession(db: Database, id: string): Promise<SessionRow | undefined> {
  return db.read.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst()
}

export function updateSession(
  db: Database,
  id: string,
  change: Partial<Pick<SessionRow, 'title' | 'pinned' | 'archived_at'>>,
): Statement {
  return db.sql.updateTable('sessions').set(change).where('id', '=', id).compile()
}
