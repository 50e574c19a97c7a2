import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../../ground/db/database.ts'
import { insertRow } from '../../ground/db/insert-row.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { SessionsTable } from '../../ground/db/schema/sessions.ts'
import type { Statement } from '../../ground/db/statement.ts'

export type SessionRow = Selectable<SessionsTable>

type Later = 'bytes' | 'pinned' | 'title' | 'archived_at' | 'deleted_at'
type NewSession = Omit<SessionRow, Later | 'branched_from' | 'branched_seq'>

export function insertSession(
  row: NewSession,
  source: { branched_from: string | null; branched_seq: number | null } = { branched_from: null, branched_seq: null },
): Statement {
  return insertRow('sessions', { ...row, ...source, title: null, archived_at: null, deleted_at: null })
}

/** Its events have become so much more. */
export function addBytes(sessionId: string, bytes: number): Statement {
  return { sql: 'update sessions set bytes = bytes + ? where id = ?', parameters: [bytes, sessionId] }
}

/** For events that were copied into it. */
export function addBytesOf(sessionId: string, after: number, upTo: number): Statement {
  return {
    sql: `update sessions set bytes = bytes + (select coalesce(sum(octet_length(payload)), 0) from events
      where session_id = ? and seq > ? and seq <= ?) where id = ?`,
    parameters: [sessionId, after, upTo, sessionId],
  }
}

export function touchSession(sessionId: string, at: number): Statement {
  return { sql: 'update sessions set last_activity = ? where id = ?', parameters: [at, sessionId] }
}

/** A deleted one is not found. */
export async function findSession(db: Database, id: string): Promise<SessionRow | undefined> {
  const session = await findSessionOrDeleted(db, id)
  return session?.deleted_at === null ? session : undefined
}

export function findSessionOrDeleted(db: Database, id: string): Promise<SessionRow | undefined> {
  return db.read.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Of rows that belong to a session. */
export function notDeleted(table: 'runs' | 'interrupts') {
  return sql<boolean>`not exists (select 1 from sessions as s
    where s.id = ${sql.ref(`${table}.session_id`)} and s.deleted_at is not null)`
}

/** With the sessions of its sub-agents; null brings them back. */
export function markDeleted(id: string, at: number | null): Statement {
  return {
    sql: `update sessions set deleted_at = ? where id = ? or id in (select session_id from runs
      where parent_run_id is not null and root_run_id in (select id from runs where session_id = ?))`,
    parameters: [at, id, id],
  }
}

/** In place of a time of deletion: the session is being made, and nobody is to see it. What a crash leaves of it is purged. */
export const unfinished = 1

/** Nothing in them is at work any more. */
export async function listDeletedBefore(db: Database, at: number, limit: number): Promise<string[]> {
  const sql = `select id from sessions where deleted_at is not null and deleted_at <= ? and created_at <= ?
    and not exists (select 1 from runs where session_id = sessions.id and status = 'running') limit ?`
  return (await db.all<{ id: string }>(sql, [at, at, limit])).map(({ id }) => id)
}

export async function hasEvents(db: Database, id: string): Promise<boolean> {
  return (await db.all('select 1 from events where session_id = ? limit 1', [id])).length > 0
}

/** The oldest so many. */
export function deleteEvents(id: string, limit: number): Statement {
  return {
    sql: `delete from events where session_id = ?
      and seq in (select seq from events where session_id = ? order by seq limit ?)`,
    parameters: [id, id, limit],
  }
}

/** With whatever hangs on it and its runs. */
export function deleteSessionRow(id: string): readonly Statement[] {
  return [
    {
      sql: 'delete from evaluations where run_id in (select id from runs where session_id = ?)',
      parameters: [id],
    },
    { sql: 'delete from sessions where id = ? and deleted_at is not null', parameters: [id], mustChange: true },
  ]
}

/** Said first in a session that began with nothing. */
export function setOpening(sessionId: string, opening: string): Statement {
  return { sql: `update sessions set opening = ? where id = ? and opening = ''`, parameters: [opening, sessionId] }
}

/** Whether there was ever one. */
export async function hasSessions(db: Kysely<Schema>): Promise<boolean> {
  return (await db.selectFrom('sessions').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Not for a deleted one. */
export async function sessionExists(tx: Kysely<Schema>, id: string): Promise<boolean> {
  const query = tx.selectFrom('sessions').select('id').where('id', '=', id).where('deleted_at', 'is', null)
  return (await query.executeTakeFirst()) !== undefined
}

export function updateSession(
  db: Database,
  id: string,
  change: Partial<Pick<SessionRow, 'title' | 'pinned' | 'archived_at'>>,
): Statement {
  return db.sql.updateTable('sessions').set(change).where('id', '=', id).compile()
}
