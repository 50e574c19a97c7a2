import { sql } from 'kysely'
import type { Asker } from '../../ground/db/asker-line.ts'
import type { Database } from '../../ground/db/database.ts'
import { NothingChangedError, UniqueError } from '../../ground/db/errors.ts'
import type { Statement } from '../../ground/db/statement.ts'
import type { LogEventType } from './log-event.ts'

export interface LoggedEvent {
  seq: number
  run_id: string
  at: number
  type: string
  /** JSON text. */
  payload: string
}

const columns = 'seq, run_id, at, type, payload'

const into = 'insert into events (session_id, seq, tenant_id, run_id, at, type, payload)'

export function insertEvent(tenantId: string, sessionId: string, event: LoggedEvent): Statement {
  return {
    sql: `${into} values (?, ?, ?, ?, ?, ?, ?)`,
    parameters: [sessionId, event.seq, tenantId, event.run_id, event.at, event.type, event.payload],
  }
}

/** Which hand writes; see `claimRun`. */
export interface Fence {
  runId: string
  epoch: number
}

/**
 * Like `insertEvent`, but fails where the event before is missing, since the log of a session has no holes, and where
 * another hand has taken the run over.
 */
export function insertNextEvent(
  tenantId: string,
  sessionId: string,
  event: LoggedEvent,
  fence: Fence | undefined,
): Statement {
  const conditions: string[] = []
  const parameters: unknown[] = [sessionId, event.seq, tenantId, event.run_id, event.at, event.type, event.payload]
  if (event.seq > 1) {
    conditions.push('exists (select 1 from events where session_id = ? and seq = ?)')
    parameters.push(sessionId, event.seq - 1)
  }
  if (fence) {
    conditions.push('exists (select 1 from runs where id = ? and lease_epoch = ?)')
    parameters.push(fence.runId, fence.epoch)
  }
  if (conditions.length === 0) return insertEvent(tenantId, sessionId, event)
  return { sql: `${into} select ?, ?, ?, ?, ?, ?, ? where ${conditions.join(' and ')}`, parameters, mustChange: true }
}

export async function headSeq(db: Database, sessionId: string): Promise<number> {
  const [row] = await db.all<{ head: number | null }>('select max(seq) as head from events where session_id = ?', [
    sessionId,
  ])
  return row?.head ?? 0
}

export async function findEvent(db: Database, sessionId: string, seq: number): Promise<LoggedEvent | undefined> {
  return (
    await db.all<LoggedEvent>(`select ${columns} from events where session_id = ? and seq = ?`, [sessionId, seq])
  )[0]
}

export async function typeOfEvent(db: Database, sessionId: string, seq: number): Promise<string | undefined> {
  return (
    await db.all<{ type: string }>('select type from events where session_id = ? and seq = ?', [sessionId, seq])
  )[0]?.type
}

/** The last event of one of these types at or before `until`; 0 where there is none. */
export async function lastEventOf(
  db: Database,
  sessionId: string,
  types: readonly LogEventType[],
  until: number,
): Promise<number> {
  const [row] = await db.all<{ seq: number }>(
    `select seq from events where session_id = ? and seq <= ? and type in (${types.map(() => '?').join(', ')})
      order by seq desc limit 1`,
    [sessionId, until, ...types],
  )
  return row?.seq ?? 0
}

/** Copies events after `after` up to `upTo`, as events of another session and run, with the numbers they have. */
export function copyEvents(
  from: { sessionId: string; after: number; upTo: number },
  to: { sessionId: string; runId: string },
): Statement {
  return {
    sql: `${into} select ?, seq, tenant_id, ?, at, type, payload from events where session_id = ? and seq > ? and seq <= ?`,
    parameters: [to.sessionId, to.runId, from.sessionId, from.after, from.upTo],
  }
}

/** Events of one run after `afterSeq`, oldest first. */
export async function listRunEvents(
  db: Database,
  sessionId: string,
  runId: string,
  afterSeq: number,
  limit: number,
): Promise<LoggedEvent[]> {
  return db.all(`select ${columns} from events where session_id = ? and seq > ? and run_id = ? order by seq limit ?`, [
    sessionId,
    afterSeq,
    runId,
    limit,
  ])
}

/** Events of one run, of these types (all that readers see where none is named) and after a time, oldest first. */
export async function listEventsOfTypes(
  db: Database,
  { sessionId, runId }: { sessionId: string; runId: string },
  { types, since, after, limit }: { types: readonly string[]; since: number; after: number; limit: number },
): Promise<LoggedEvent[]> {
  const wanted = types.length > 0 ? `and type in (${types.map(() => '?').join(', ')})` : `and type <> 'assistant_turn'`
  return db.all(
    `select ${columns} from events where session_id = ? and run_id = ? and seq > ? and at > ? ${wanted} order by seq limit ?`,
    [sessionId, runId, after, since, ...types, limit],
  )
}

/** The part of a session's log that a run knows. */
interface KnownLog {
  sessionId: string
  /** Exclusive. */
  after: number
}

function known(db: Database, asker: Asker, { sessionId, after }: KnownLog, type: LogEventType) {
  return db
    .aside(asker)
    .selectFrom('events')
    .select(['seq', 'run_id', 'at', 'type', 'payload'])
    .where('session_id', '=', sessionId)
    .where('seq', '>', after)
    .where('type', '=', type)
}

/** What a tool answered to this call; the latest where ids repeat. */
export async function findToolResult(
  db: Database,
  asker: Asker,
  log: KnownLog,
  toolUseId: string,
): Promise<LoggedEvent | undefined> {
  const beginning = `{"type":"tool_result","tool_use":{"id":${JSON.stringify(toolUseId)},`
  return known(db, asker, log, 'tool_result')
    .where(sql<string>`substr(payload, 1, ${beginning.length})`, '=', beginning)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The turn that somebody said as the `n`th, from 1 on. */
export async function findUserInput(
  db: Database,
  asker: Asker,
  log: KnownLog,
  n: number,
): Promise<LoggedEvent | undefined> {
  return known(db, asker, log, 'user_input')
    .orderBy('seq')
    .limit(1)
    .offset(Math.max(n - 1, 0))
    .executeTakeFirst()
}

/** Events of a session after `afterSeq`, oldest first. */
export async function listSessionEvents(
  db: Database,
  sessionId: string,
  afterSeq: number,
  limit: number,
): Promise<LoggedEvent[]> {
  return db.all(`select ${columns} from events where session_id = ? and seq > ? order by seq limit ?`, [
    sessionId,
    afterSeq,
    limit,
  ])
}

/** The newest events of a session before `beforeSeq`, oldest first. */
export async function listEventsBefore(
  db: Database,
  sessionId: string,
  beforeSeq: number,
  limit: number,
): Promise<LoggedEvent[]> {
  return (
    await db.all<LoggedEvent>(
      `select ${columns} from events where session_id = ? and seq < ? order by seq desc limit ?`,
      [sessionId, beforeSeq, limit],
    )
  ).reverse()
}

/** 0 where there is none. */
export async function newestSeqBefore(db: Database, sessionId: string, beforeSeq: number): Promise<number> {
  const sql = 'select max(seq) as newest from events where session_id = ? and seq < ?'
  return (await db.all<{ newest: number | null }>(sql, [sessionId, beforeSeq]))[0]?.newest ?? 0
}

/** Where so many events up to `last` begin; the very first without a limit. */
export async function oldestOfNewest(
  db: Database,
  sessionId: string,
  last: number,
  limit: number | undefined,
): Promise<number> {
  const [row] =
    limit === undefined
      ? await db.all<{ oldest: number | null }>('select min(seq) as oldest from events where session_id = ?', [
          sessionId,
        ])
      : await db.all<{ oldest: number | null }>(
          `select min(seq) as oldest from
            (select seq from events where session_id = ? and seq <= ? order by seq desc limit ?) as newest`,
          [sessionId, last, limit],
        )
  return row?.oldest ?? 1
}

/** Newest first. */
export async function listSizesBefore(
  db: Database,
  sessionId: string,
  beforeSeq: number,
  limit: number,
): Promise<{ seq: number; bytes: number }[]> {
  const sql =
    'select seq, octet_length(payload) as bytes from events where session_id = ? and seq < ? order by seq desc limit ?'
  return db.all(sql, [sessionId, beforeSeq, limit])
}

/** Another hand, or a new run of the session, got to the log before what was to be appended. */
export function wroteFirst(error: unknown): boolean {
  return error instanceof NothingChangedError || (error instanceof UniqueError && error.table === 'events')
}
