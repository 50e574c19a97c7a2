import type { Database } from '../db/database.ts'
import { inListParameter, listParameter } from '../db/dialect.ts'
import type { BrowserSessionsTable } from '../db/schema/browser-sessions.ts'
import type { Statement } from '../db/statement.ts'
import type { Owner } from './principal.ts'

export type BrowserSessionRow = BrowserSessionsTable

/** A session is live while it was made after the one time and used after the other. */
export interface LiveSince {
  createdAt: number
  usedAt: number
}

export function insertBrowserSession(db: Database, row: BrowserSessionRow): Statement {
  return db.sql.insertInto('browser_sessions').values(row).compile()
}

export async function findBrowserSession(
  db: Database,
  secretHash: string,
  madeWith: string,
): Promise<BrowserSessionRow | undefined> {
  const sql = 'select * from browser_sessions where secret_hash = ? and made_with = ?'
  return (await db.all<BrowserSessionRow>(sql, [secretHash, madeWith]))[0]
}

/** Last used first. */
export function listLiveBrowserSessions(db: Database, { tenantId, subject }: Owner, since: LiveSince) {
  return db.read
    .selectFrom('browser_sessions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('subject', '=', subject)
    .where('created_at', '>', since.createdAt)
    .where('last_used_at', '>', since.usedAt)
    .orderBy('last_used_at', 'desc')
    .orderBy('created_at', 'desc')
    .execute()
}

export async function listEndedBrowserSessionIds(db: Database, since: LiveSince): Promise<string[]> {
  const sql = 'select id from browser_sessions where created_at <= ? or last_used_at <= ?'
  return (await db.all<{ id: string }>(sql, [since.createdAt, since.usedAt])).map(({ id }) => id)
}

export async function listBrowserSessionIdsMadeOtherwise(db: Database, madeWith: string): Promise<string[]> {
  return (await db.all<{ id: string }>('select id from browser_sessions where made_with <> ?', [madeWith])).map(
    ({ id }) => id,
  )
}

export function noteBrowserSessionUse({ id, last_used_at, address }: BrowserSessionRow): Statement {
  return {
    sql: 'update browser_sessions set last_used_at = ?, address = ? where id = ?',
    parameters: [last_used_at, address, id],
  }
}

export function deleteBrowserSessions(ids: readonly string[]): Statement {
  return {
    sql: `delete from browser_sessions where id in ${inListParameter}`,
    parameters: [listParameter(ids)],
  }
}
