import type { RunStatus } from '@loomcycle/proto'
import { type Selectable, sql } from 'kysely'
import type { Asker } from '../../ground/db/asker-line.ts'
import type { Database } from '../../ground/db/database.ts'
import { insertRow } from '../../ground/db/insert-row.ts'
import { isBehind } from '../../ground/db/is-behind.ts'
import type { RunsTable } from '../../ground/db/schema/runs.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { type Awaited, fromRow, type RunRecord, type Totals } from './run-record.ts'
import { notDeleted } from './sessions.ts'

/** With an owner the run is worked on from the start; without, a live one waits to be taken up. */
export function insertRun(run: RunRecord): Statement {
  const { state } = run
  const ended = state.status === 'running' ? undefined : state
  return insertRow('runs', {
    id: run.id,
    session_id: run.sessionId,
    tenant_id: run.tenantId,
    user_id: run.userId,
    agent: run.agent,
    agent_def_id: run.agentDefId,
    began_provider: run.began?.provider ?? null,
    began_model: run.began?.model ?? null,
    route: run.route && JSON.stringify(run.route),
    trace_id: run.traceId,
    agent_id: run.agentId,
    parent_run_id: run.parentRunId,
    parent_agent_id: run.parentAgentId,
    parent_tool_use_id: run.parentToolUseId,
    spawn_index: run.spawnIndex,
    root_run_id: run.rootRunId,
    depth: run.depth,
    status: state.status,
    phase: state.status === 'running' ? state.phase : null,
    lease_owner: run.leaseOwner,
    lease_epoch: run.leaseEpoch,
    tries: run.tries,
    deadline: run.deadline,
    interactive: run.interactive ? 1 : 0,
    options: JSON.stringify(run.options),
    history_after: run.historyAfter,
    first_seq: run.firstSeq,
    provider: run.provider,
    model: run.model,
    started_at: run.startedAt,
    heartbeat_at: run.startedAt,
    completed_at: ended?.endedAt ?? null,
    stop_reason: ended?.stopReason ?? null,
    error: ended?.status === 'failed' ? ended.error : null,
  })
}

export async function findRun(db: Database, id: string): Promise<RunRecord | undefined> {
  const [row] = await db.all<Selectable<RunsTable>>('select * from runs where id = ?', [id])
  return row && fromRow(row)
}

/** Whether there is such a run and it has not ended. */
export async function isRunLive(db: Database, id: string): Promise<boolean> {
  return (await db.all(`select 1 from runs where id = ? ${live}`, [id])).length > 0
}

/** The latest run with this handle; a handle may be used again once its run has ended. */
export async function findRunByAgentId(
  db: Database,
  tenantId: string | undefined,
  agentId: string,
): Promise<RunRecord | undefined> {
  let query = db.read.selectFrom('runs').selectAll().where('agent_id', '=', agentId)
  if (tenantId !== undefined) query = query.where('tenant_id', '=', tenantId)
  const row = await query.orderBy('started_at', 'desc').limit(1).executeTakeFirst()
  return row && fromRow(row)
}

export async function findLatestRun(db: Database, sessionId: string): Promise<RunRecord | undefined> {
  const row = await db.read
    .selectFrom('runs')
    .selectAll()
    .where('session_id', '=', sessionId)
    .orderBy('started_at', 'desc')
    .orderBy('first_seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && fromRow(row)
}

/** What the runs of a user are sorted by. */
export function runKey({ startedAt, spawnIndex, id }: RunRecord) {
  return [startedAt, spawnIndex, id] as const
}

export interface UserRuns {
  /** Undefined: every tenant's. */
  tenantId: string | undefined
  userId: string
  /** Undefined: whatever became of them. */
  status: RunStatus | undefined
}

/** Newest first. Indexes lead to all of them and to those that go on; runs that ended in one way have to be looked for. */
export async function listUserRuns(
  db: Database,
  asker: Asker,
  { tenantId, userId, status }: UserRuns,
  { after, limit }: { after: readonly unknown[] | undefined; limit: number },
): Promise<RunRecord[]> {
  const goesOn = status === 'running'
  const from = goesOn || status === undefined ? db.read : db.aside(asker)
  // SQLite has to see in the statement that the index of those that go on has them all, and prefers one by tenant.
  const tenant = goesOn ? sql<string>`+tenant_id` : sql.ref<string>('tenant_id')
  let query = from.selectFrom('runs').selectAll().where('user_id', '=', userId)
  if (tenantId !== undefined) query = query.where(tenant, '=', tenantId)
  if (status !== undefined) query = query.where('status', '=', goesOn ? sql.lit(status) : status)
  if (after) query = query.where(isBehind([sql`started_at`, sql`spawn_index`, sql`id`], after, 'desc'))
  const listed = query.where(notDeleted('runs'))
  // Those that were started together, as they were asked for.
  const ordered = listed.orderBy('started_at', 'desc').orderBy('spawn_index', 'desc').orderBy('id', 'desc')
  return (await ordered.limit(limit).execute()).map(fromRow)
}

/** In the words of the index of calls `t` that are not over: SQLite does not see that one of the states is enough. */
export const isSuspended = `t.state in ('waiting', 'answered')`

/**
 * Runs that somebody has to work on: those in the middle of it, and those for which something has arrived. It starts
 * from what has arrived, since runs that rest are many.
 */
export async function listUnsettledRuns(db: Database, owner: string, staleBefore: number): Promise<RunRecord[]> {
  const sql = `select * from runs where id in (
      select id from runs where status = 'running' and phase in ('queued', 'working')
        and (lease_owner is null or lease_owner = ? or heartbeat_at < ?)
      union select r.id from run_inputs i cross join runs r on r.id = i.run_id where r.lease_owner is null and ${isDueAtRest}
      union select r.id from tool_calls t cross join runs r on r.id = t.run_id
        where t.state = 'answered' and ${isSuspended} and r.phase = 'waiting'
    ) order by started_at`
  return (await db.all<Selectable<RunsTable>>(sql, [owner, staleBefore])).map(fromRow)
}

/** Live runs whose parent does not wait for them any more: it was ended or its turn was, and the process right after. */
export async function listForsakenRuns(db: Database): Promise<string[]> {
  const sql = `select id from runs where parent_run_id is not null ${live} and not exists (select 1 from tool_calls t
    where t.run_id = runs.parent_run_id and t.tool_use_id = runs.parent_tool_use_id and t.state = 'waiting')`
  return (await db.all<{ id: string }>(sql, [])).map((run) => run.id)
}

export async function listChildRuns(db: Database, runId: string): Promise<RunRecord[]> {
  const rows = await db.read.selectFrom('runs').selectAll().where('parent_run_id', '=', runId).execute()
  return rows.map(fromRow)
}

/** The runs one call made, in the order it asked for them. */
export async function listSpawnedRuns(db: Database, runId: string, toolUseId: string): Promise<RunRecord[]> {
  const rows = await db.read
    .selectFrom('runs')
    .selectAll()
    .where('parent_run_id', '=', runId)
    .where('parent_tool_use_id', '=', toolUseId)
    .orderBy('spawn_index')
    .execute()
  return rows.map(fromRow)
}

/** A condition, for statements that are about live runs. */
export const live = `and status = 'running'`

/** What a run that rests is taken up for; `i` is the input. */
const isDueAtRest = `(i.kind in ('cancel_turn', 'end', 'time_out') or (i.kind in ('text', 'compact') and r.phase = 'parked'))`

/**
 * What a hand takes a run up for: nothing where the runtime is paused, but for stopping. Otherwise a run that two hands
 * were woken for would be taken up again by the one that comes later.
 */
const needsWork = `(
  exists (select 1 from run_inputs where run_id = runs.id and kind in ('cancel_turn', 'end', 'time_out'))
  or (not exists (select 1 from runtime_state where state = 'paused') and (
    phase in ('queued', 'working')
    or (phase = 'parked' and exists (select 1 from run_inputs where run_id = runs.id and kind in ('text', 'compact')))
    or (phase = 'waiting' and exists (select 1 from tool_calls where run_id = runs.id and state = 'answered')))))`

export interface Claim {
  runId: string
  owner: string
  at: number
  staleBefore: number
  tries: 0 | 1
}

/**
 * Takes a run over, unless another process is alive and working on it, or there is nothing to be done. The epoch it gets
 * fences off older hands. A try is counted before anything else is done with the run: what kills the process is known to
 * the next one.
 */
export function claimRun(claim: Claim): Statement {
  return claiming(claim, `and ${needsWork}`)
}

/** Like `claimRun`, to come to an end with a run that failed. */
export function claimFailedRun(claim: Omit<Claim, 'tries'>): Statement {
  return claiming({ ...claim, tries: 0 }, '')
}

const changes = `phase = 'parked' and exists (select 1 from run_agents where run_id = runs.id)`
const changed = (column: string, to: string) =>
  `${column} = case when ${changes} then (select ${to} from run_agents where run_id = runs.id) else ${column} end`
/** What it was given meanwhile begins where it is spoken to, never in the middle of a turn. */
const agentOfNextTurn = [
  changed('agent_def_id', 'def_id'),
  changed('began_provider', 'provider'),
  changed('began_model', 'model'),
  changed('route', 'route'),
].join(', ')

function claiming({ runId, owner, at, staleBefore, tries }: Claim, condition: string): Statement {
  return {
    sql: `update runs set ${agentOfNextTurn}, phase = 'working', lease_owner = ?, lease_epoch = lease_epoch + 1, tries = tries + ?, heartbeat_at = ?,
      awaited_state = null, awaited_on = null
      where id = ? ${live} and (lease_owner is null or lease_owner = ? or heartbeat_at is null or heartbeat_at < ?)
      ${condition}`,
    parameters: [owner, tries, at, runId, owner, staleBefore],
    mustChange: true,
  }
}

/** Whoever works on a run, as `claimRun` made it known; another hand has another epoch. */
export type Hand = Pick<RunRecord, 'id' | 'leaseEpoch'>

/** A condition on a run that nobody else has taken over. */
export const inHand = 'id = ? and lease_epoch = ?'
const letGo = 'lease_owner = null, heartbeat_at = ?'
const cameToRest = `${letGo}, tries = 0`
const noLimit = 'deadline = null'

export function markParked(runId: string, at: number): Statement {
  return {
    sql: `update runs set phase = 'parked', ${cameToRest}, ${noLimit}, awaited_state = null, awaited_on = null where id = ? ${live}`,
    parameters: [at, runId],
    mustChange: true,
  }
}

/** Like `markParked`, for a run that got nowhere: its tries stay counted. */
export function markParkedAfterFailure(runId: string, at: number): Statement {
  return {
    sql: `update runs set phase = 'parked', ${letGo}, ${noLimit}, awaited_state = null, awaited_on = null where id = ? ${live}`,
    parameters: [at, runId],
    mustChange: true,
  }
}

/** Like `releaseRun` not part of what is appended to the log, so it is fenced by itself. */
export function markWaiting(run: Hand, at: number, awaited: Awaited): Statement {
  return {
    sql: `update runs set phase = 'waiting', ${cameToRest}, awaited_state = ?, awaited_on = ? where ${inHand} ${live}`,
    parameters: [at, awaited.state, awaited.on, run.id, run.leaseEpoch],
    mustChange: true,
  }
}

/** The process stops or the runtime pauses: whoever comes next takes the run up where its log ends. */
export function releaseRun(run: Hand, at: number): Statement {
  return { sql: `update runs set ${cameToRest} where ${inHand} ${live}`, parameters: [at, run.id, run.leaseEpoch] }
}

/** Of a hand that still has the run; says nothing for another one. */
export function heartbeat(run: Hand, owner: string, at: number): Statement {
  return {
    sql: `update runs set heartbeat_at = ? where ${inHand} and lease_owner = ? ${live}`,
    parameters: [at, run.id, run.leaseEpoch, owner],
  }
}

export function recordTurn(
  runId: string,
  turn: { turns: number; totals: Totals; provider: string; model: string },
): Statement {
  const { turns, totals, provider, model } = turn
  return {
    sql: `update runs set turns = ?, input_tokens = ?, output_tokens = ?, cache_creation_tokens = ?, cache_read_tokens = ?,
      provider = ?, model = ?, tries = 0 where id = ? ${live}`,
    parameters: [turns, totals.input, totals.output, totals.cacheCreation, totals.cacheRead, provider, model, runId],
    mustChange: true,
  }
}

/** What was used besides the run's turns; also after its end. */
export function recordTotals(runId: string, totals: Totals): Statement {
  return {
    sql: `update runs set input_tokens = ?, output_tokens = ?, cache_creation_tokens = ?, cache_read_tokens = ? where id = ?`,
    parameters: [totals.input, totals.output, totals.cacheCreation, totals.cacheRead, runId],
    mustChange: true,
  }
}

export interface RunEnd {
  status: 'completed' | 'failed' | 'cancelled'
  stopReason: string
  error?: string
}

export function timedOut(error: string): RunEnd & { status: 'failed'; error: string } {
  return { status: 'failed', stopReason: 'run_timeout', error }
}

/**
 * Raises the epoch, so that no hand that still had the run can write anything more, least of all another end. Fails
 * where so many inputs are not what the run has yet to take in: something was said in the same instant.
 */
export function endRun(runId: string, at: number, end: RunEnd, unread: number): Statement {
  return {
    sql: `update runs set status = ?, phase = null, lease_owner = null, lease_epoch = lease_epoch + 1, ${noLimit}, awaited_state = null, awaited_on = null, completed_at = ?, stop_reason = ?, error = ? where id = ? ${live}
      and (select count(*) from run_inputs where run_id = runs.id and kind = 'text') = ?`,
    parameters: [end.status, at, end.stopReason, end.error ?? null, runId, unread],
    mustChange: true,
  }
}

/** From when on the turn that begins has taken too long. */
export function limitTurn(runId: string, deadline: number): Statement {
  return { sql: `update runs set deadline = ? where id = ? ${live}`, parameters: [deadline, runId] }
}

export async function listRunsOverTime(db: Database, now: number, limit: number): Promise<RunRecord[]> {
  const sql = `select * from runs where deadline <= ? ${live} order by deadline limit ?`
  return (await db.all<Selectable<RunsTable>>(sql, [now, limit])).map(fromRow)
}

export async function earliestDeadline(db: Database): Promise<number | undefined> {
  const sql = `select min(deadline) as deadline from runs where deadline is not null ${live}`
  return (await db.all<{ deadline: number | null }>(sql, []))[0]?.deadline ?? undefined
}

/** What it has yet to take in, which goes with its end. */
export function insertReturnedInputs(run: { id: string; sessionId: string }): Statement {
  return {
    sql: `insert into returned_inputs (id, tenant_id, session_id, run_id, text, segments, created_at)
      select id, tenant_id, ?, run_id, text, segments, created_at from run_inputs where run_id = ? and kind = 'text' order by n`,
    parameters: [run.sessionId, run.id],
  }
}

/** There is something to be done for a run that nobody has. */
export async function needsAttention(db: Database, runId: string): Promise<boolean> {
  return (
    (await db.all(`select 1 from runs where id = ? ${live} and lease_owner is null and ${needsWork}`, [runId])).length >
    0
  )
}
