import type { ChannelScope } from '@loomcycle/proto'
import { type ExpressionBuilder, type Kysely, type Selectable, sql } from 'kysely'
import type { Declaration } from '../../ground/config/channel-declarations.ts'
import type { Database } from '../../ground/db/database.ts'
import { unlimited } from '../../ground/db/dialect.ts'
import { execute } from '../../ground/db/execute.ts'
import { rowsOf } from '../../ground/db/rows.ts'
import type { ChannelWaitersTable } from '../../ground/db/schema/channels.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { messageIdOf, type Position } from './cursor.ts'
import type { Place } from './place.ts'

export type Db = Kysely<Schema>

export interface StoredMessage {
  position: Position
  id: string
  payload: string
  publishedAt: number
}

export interface NewMessage {
  position: Position
  payload: string
  publishedAt: number
  publishedBy: string
  expiresAt: number | null
  deferred: boolean
}

/** The message is made when the statement runs: its position is the order of commits. */
export function insertMessage({ tenantId, channel, scope, scopeId }: Place, make: () => NewMessage): Statement {
  return {
    sql: `insert into channel_messages
      (tenant_id, channel, scope, scope_id, position, payload, published_at, published_by, expires_at, deferred)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    parameters: () => {
      const { position, payload, publishedAt, publishedBy, expiresAt, deferred } = make()
      const message = [position, payload, publishedAt, publishedBy, expiresAt, deferred ? 1 : 0]
      return [tenantId, channel, scope, scopeId, ...message]
    },
  }
}

/** What is visible after a position, oldest first. */
export async function listMessages(
  db: Db,
  place: Place,
  range: { after: Position; horizon: Position; now: number; limit: number },
): Promise<StoredMessage[]> {
  const rows = await rowsOf<{ position: Position; payload: string; published_at: number }>(
    db,
    `select position, payload, published_at from channel_messages where ${atPlace}
      and position > ? and position <= ? and (expires_at is null or expires_at > ?) order by position limit ?`,
    [...valuesOf(place), range.after, range.horizon, range.now, range.limit],
  )
  return rows.map(({ position, payload, published_at }) => ({
    position,
    id: messageIdOf(position),
    payload,
    publishedAt: published_at,
  }))
}

/** Drops the oldest visible messages beyond `kept`, never the one at `spared`. */
export function trimMessages(
  place: Place,
  kept: number,
  range: () => { horizon: Position; spared: Position },
): Statement {
  return {
    sql: `delete from channel_messages where ${atPlace} and position != ? and position <= (
      select position from channel_messages where ${atPlace} and position <= ? order by position desc limit 1 offset ?)`,
    parameters: () => {
      const { horizon, spared } = range()
      return [...valuesOf(place), spared, ...valuesOf(place), horizon, kept]
    },
  }
}

export async function countAfter(db: Db, place: Place, horizon: Position): Promise<number> {
  const { n } = await db
    .selectFrom('channel_messages')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where(at(place))
    .where('position', '>', horizon)
    .executeTakeFirstOrThrow()
  return n
}

/** In whatever channel; 0 where there is none. */
export async function lastMessage(db: Pick<Database, 'all'>): Promise<number> {
  return (await db.all<{ n: number | null }>('select max(n) as n from channel_messages', []))[0]?.n ?? 0
}

/** All of them, or so many of those that had come by then. */
export async function deleteMessagesOf(
  tx: Db,
  { tenantId, name }: { tenantId: string; name: string },
  some: { upTo: number; limit: number } = { upTo: Number.MAX_SAFE_INTEGER, limit: unlimited },
): Promise<number> {
  const these = tx
    .selectFrom('channel_messages')
    .select('n')
    .where('tenant_id', '=', tenantId)
    .where('channel', '=', name)
    .where('n', '<=', some.upTo)
    .limit(some.limit)
  const { numDeletedRows } = await tx.deleteFrom('channel_messages').where('n', 'in', these).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** What has expired is absent everywhere already; this gives its room back. */
export function deleteExpiredMessages(now: number, limit: number): Statement {
  return {
    sql: 'delete from channel_messages where n in (select n from channel_messages where expires_at <= ? limit ?)',
    parameters: [now, limit],
  }
}

/** Places where deferred messages have become visible; each is named once. */
export async function takeDueMessages(tx: Db, horizon: Position): Promise<Place[]> {
  const due = await tx
    .selectFrom('channel_messages')
    .select(['tenant_id', 'channel', 'scope', 'scope_id'])
    .distinct()
    .where(sql<boolean>`deferred = 1`)
    .where('position', '<=', horizon)
    .execute()
  if (due.length > 0) {
    await tx
      .updateTable('channel_messages')
      .set({ deferred: 0 })
      .where(sql<boolean>`deferred = 1`)
      .where('position', '<=', horizon)
      .execute()
  }
  return due.map((row) => ({
    tenantId: row.tenant_id,
    channel: row.channel,
    scope: row.scope,
    scopeId: row.scope_id,
  }))
}

/** Position of the next deferred message, and the deadline of the next waiter. */
export async function nextDue(db: Database): Promise<{ position: Position | null; deadline: number | null }> {
  return (
    await db.all<{ position: Position | null; deadline: number | null }>(
      `select (select min(position) from channel_messages where deferred = 1) as position,
      (select min(deadline) from channel_waiters) as deadline`,
      [],
    )
  )[0]!
}

/** The latest position that was given out or read up to, as far as anything is left of it. */
export async function latestPositions(db: Database): Promise<{ written: Position | null; read: Position | null }> {
  return (
    await db.all<{ written: Position | null; read: Position | null }>(
      `select (select position from channel_messages order by n desc limit 1) as written,
      (select max(position) from channel_cursors) as read`,
      [],
    )
  )[0]!
}

export async function findCursor(db: Db, place: Place, reader: string): Promise<Position | undefined> {
  const text = `select position from channel_cursors where ${atPlace} and reader = ?`
  const [row] = await rowsOf<{ position: Position }>(db, text, [...valuesOf(place), reader])
  return row?.position
}

export async function putCursor(
  tx: Db,
  place: Place,
  cursor: { reader: string; position: Position; movedBy: string; now: number },
): Promise<void> {
  await execute(tx, {
    sql: `insert into channel_cursors (tenant_id, channel, scope, scope_id, reader, position, moved_by, updated_at)
      values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (tenant_id, channel, scope, scope_id, reader)
      do update set position = excluded.position, moved_by = excluded.moved_by, updated_at = excluded.updated_at`,
    parameters: [...valuesOf(place), cursor.reader, cursor.position, cursor.movedBy, cursor.now],
  })
}

export function listCursorsOf(db: Db, tenantId: string, agent: string) {
  return db
    .selectFrom('channel_cursors')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where((row) =>
      row.or([row('moved_by', '=', agent), row.and([row('scope', '=', 'agent'), row('scope_id', '=', agent)])]),
    )
    .orderBy('channel')
    .execute()
}

export async function deleteCursorsOf(tx: Db, tenantId: string, channel: string): Promise<void> {
  await tx.deleteFrom('channel_cursors').where('tenant_id', '=', tenantId).where('channel', '=', channel).execute()
}

export interface WaiterRow {
  n: number
  runId: string
  toolUseId: string
  /** JSON. */
  wanted: string
  deadline: number
}

/** In place of the one that the same call left before its process died. */
export async function insertWaiter(
  tx: Db,
  tenantId: string,
  waiter: Omit<WaiterRow, 'n'>,
  waits: readonly { place: Place; after: Position }[],
): Promise<number> {
  await deleteWaiterOfCall(tx, waiter.runId, waiter.toolUseId)
  const [row] = await rowsOf<{ n: number }>(
    tx,
    'insert into channel_waiters (run_id, tool_use_id, tenant_id, wanted, deadline) values (?, ?, ?, ?, ?) returning n',
    [waiter.runId, waiter.toolUseId, tenantId, waiter.wanted, waiter.deadline],
  )
  const { n } = row!
  for (const { place, after } of waits) {
    await execute(tx, {
      sql: `insert into channel_waits (tenant_id, channel, scope, scope_id, waiter, after)
        values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
      parameters: [...valuesOf(place), n, after],
    })
  }
  return n
}

async function deleteWaiterOfCall(tx: Db, runId: string, toolUseId: string): Promise<void> {
  const text = 'delete from channel_waiters where run_id = ? and tool_use_id = ?'
  await execute(tx, { sql: text, parameters: [runId, toolUseId] })
}

export async function findWaiter(tx: Db, n: number): Promise<WaiterRow | undefined> {
  const text = 'select n, run_id, tool_use_id, wanted, deadline from channel_waiters where n = ?'
  const [row] = await rowsOf<Selectable<ChannelWaitersTable>>(tx, text, [n])
  return row && { n, runId: row.run_id, toolUseId: row.tool_use_id, wanted: row.wanted, deadline: row.deadline }
}

export async function deleteWaiter(tx: Db, n: number): Promise<void> {
  await execute(tx, { sql: 'delete from channel_waiters where n = ?', parameters: [n] })
}

/** First come, first served. */
export function listWaitersAt(db: Pick<Database, 'all'>, place: Place): Promise<number[]> {
  return numbers(db, `select waiter as n from channel_waits where ${atPlace} order by waiter`, valuesOf(place))
}

export function listOverdueWaiters(db: Database, now: number, limit: number): Promise<number[]> {
  return numbers(db, 'select n from channel_waiters where deadline <= ? order by deadline limit ?', [now, limit])
}

/** Those for whom something is there already. */
export function listMissedWaiters(db: Database, horizon: Position): Promise<number[]> {
  return numbers(
    db,
    `select distinct w.waiter as n from channel_waits w where exists (select 1 from channel_messages m
      where m.tenant_id = w.tenant_id and m.channel = w.channel and m.scope = w.scope and m.scope_id = w.scope_id
      and m.position > w.after and m.position <= ?) order by n`,
    [horizon],
  )
}

async function numbers(db: Pick<Database, 'all'>, text: string, parameters: readonly unknown[]): Promise<number[]> {
  return (await db.all<{ n: number }>(text, parameters)).map(({ n }) => n)
}

export async function findCallState(tx: Db, runId: string, toolUseId: string): Promise<string | undefined> {
  const text = 'select state from tool_calls where run_id = ? and tool_use_id = ?'
  const [row] = await rowsOf<{ state: string }>(tx, text, [runId, toolUseId])
  return row?.state
}

export async function findDeclared(db: Db, tenantId: string, names: readonly string[]): Promise<Declaration[]> {
  const rows = await db
    .selectFrom('channels')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('name', 'in', names)
    .execute()
  return rows.map(toDeclaration)
}

export async function listDeclared(db: Db, tenantId: string): Promise<Declaration[]> {
  const rows = await db.selectFrom('channels').selectAll().where('tenant_id', '=', tenantId).orderBy('name').execute()
  return rows.map(toDeclaration)
}

export async function putDeclaration(tx: Db, tenantId: string, declaration: Declaration, now: number): Promise<void> {
  const changeable = {
    description: declaration.description ?? null,
    semantic: declaration.semantic,
    default_ttl: declaration.defaultTtl ?? null,
    max_messages: declaration.maxMessages ?? null,
  }
  await tx
    .insertInto('channels')
    .values({
      tenant_id: tenantId,
      name: declaration.name,
      scope: declaration.scope,
      publisher: declaration.publisher ?? null,
      period: declaration.period ?? null,
      created_at: now,
      ...changeable,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'name']).doUpdateSet(changeable))
    .execute()
}

export async function deleteDeclaration(tx: Db, tenantId: string, name: string): Promise<void> {
  await tx.deleteFrom('channels').where('tenant_id', '=', tenantId).where('name', '=', name).execute()
}

export interface ChannelTotals {
  channel: string
  scope: ChannelScope
  count: number
  oldest: Position | null
  newest: Position | null
}

/** Of what is visible, over all scopes. */
export function listTotals(
  db: Db,
  { tenantId, name }: { tenantId: string; name: string | undefined },
  horizon: Position,
  now: number,
): Promise<ChannelTotals[]> {
  return db
    .selectFrom('channel_messages')
    .select((e) => [
      'channel',
      e.fn.min<ChannelScope>('scope').as('scope'),
      e.fn.countAll<number>().as('count'),
      e.fn.min<Position | null>('position').as('oldest'),
      e.fn.max<Position | null>('position').as('newest'),
    ])
    .where('tenant_id', '=', tenantId)
    .$if(name !== undefined, (query) => query.where('channel', '=', name!))
    .where('position', '<=', horizon)
    .where((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', now)]))
    .groupBy('channel')
    .orderBy('channel')
    .execute()
}

function toDeclaration(row: {
  name: string
  description: string | null
  scope: ChannelScope
  semantic: Declaration['semantic']
  default_ttl: number | null
  max_messages: number | null
  publisher: string | null
  period: string | null
}): Declaration {
  return {
    name: row.name,
    scope: row.scope,
    semantic: row.semantic,
    source: 'runtime',
    ...(row.description ? { description: row.description } : {}),
    ...(row.default_ttl ? { defaultTtl: row.default_ttl } : {}),
    ...(row.max_messages ? { maxMessages: row.max_messages } : {}),
    ...(row.publisher ? { publisher: row.publisher } : {}),
    ...(row.period ? { period: row.period } : {}),
  }
}

function columnsOf({ tenantId, channel, scope, scopeId }: Place) {
  return { tenant_id: tenantId, channel, scope, scope_id: scopeId }
}

function at(place: Place) {
  return (row: ExpressionBuilder<Schema, 'channel_messages'>) => row.and(columnsOf(place))
}

const atPlace = 'tenant_id = ? and channel = ? and scope = ? and scope_id = ?'

function valuesOf({ tenantId, channel, scope, scopeId }: Place) {
  return [tenantId, channel, scope, scopeId]
}
