import type { PromptSegment, RunStatus } from '@loomcycle/proto'
import { type Selectable, sql } from 'kysely'
import type { Statement } from '../../ground/db/commit-writer.ts'
import type { Database } from '../../ground/db/database.ts'
import { insertRow } from '../../ground/db/insert-row.ts'
import type { Asker } from '../../ground/db/reading-thread.ts'
import type { RunsTable } from '../../ground/db/schema/runs.ts'
import type { LogEvent } from '../log/log-event.ts'
import { type Awaited, fromRow, type RunRecord, type Totals } from './run-record.ts'
import { notDeleted } from './sessions.ts'

/** With an owner the run is worked on from the start; without, a live one waits to be taken up. */
export function insertRun(run: RunRecord, owner: string | null): Statement {
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
    lease_owner: owner,
    lease_epoch: run.leaseEpoch,
    tries: run.tries,
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
  const [row] = db.all<Selectable<RunsTable>>('select * from runs where id = ?', [id])
  return row && fromRow(row)
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

/** Newest first. Indexes lead to all of them and to those that go on; runs that ended in one way have to be looked for. */
export async function listUserRuns(
  db: Database,
  asker: Asker,
  filter: { tenantId: string | undefined; userId: string; status: RunStatus | undefined; limit: number },
): Promise<RunRecord[]> {
  const { tenantId, userId, status, limit } = filter
  const goesOn = status === 'running'
  const from = goesOn || status === undefined ? db.read : db.aside(asker)
  // SQLite has to see in the statement that the index of those that go on has them all, and prefers one by tenant.
  const tenant = goesOn ? sql<string>`+tenant_id` : sql.ref<string>('tenant_id')
  let query = from.selectFrom('runs').selectAll().where('user_id', '=', userId)
  if (tenantId !== undefined) query = query.where(tenant, '=', tenantId)
  if (status !== undefined) query = query.where('status', '=', goesOn ? sql.lit(status) : status)
  const rows = await query.where(notDeleted('runs')).orderBy('started_at', 'desc').limit(limit).execute()
  return rows.map(fromRow)
}

/**
 * Runs that somebody has to work on: those in the middle of it, and those for which something has arrived. It starts
 * from what has arrived, since runs that rest are many.
 */
export function listUnsettledRuns(db: Database, owner: string, staleBefore: number): RunRecord[] {
  const sql = `select * from runs where id in (
      select id from runs where status = 'running' and phase in ('queued', 'working')
        and (lease_owner is null or lease_owner = ? or heartbeat_at < ?)
      union select r.id from run_inputs i join runs r on r.id = i.run_id where r.phase = 'parked'
      union select r.id from tool_calls t join runs r on r.id = t.run_id where t.state = 'answered' and r.phase = 'waiting'
    ) order by started_at`
  return db.all<Selectable<RunsTable>>(sql, [owner, staleBefore]).map(fromRow)
}

/** Live runs whose parent does not wait for them any more: it was ended or its turn was, and the process right after. */
export function listForsakenRuns(db: Database): string[] {
  const sql = `select id from runs where parent_run_id is not null ${live} and not exists (select 1 from tool_calls t
    where t.run_id = runs.parent_run_id and t.tool_use_id = runs.parent_tool_use_id and t.state = 'waiting')`
  return db.all<{ id: string }>(sql, []).map((run) => run.id)
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

const live = `and status = 'running'`

/**
 * Takes a run over, unless another process is alive and working on it. The epoch it gets fences off older hands. A
 * try is counted before anything else is done with the run: what kills the process is known to the next one.
 */
export function claimRun(runId: string, owner: string, at: number, staleBefore: number, tries: 0 | 1): Statement {
  return {
    sql: `update runs set phase = 'working', lease_owner = ?, lease_epoch = lease_epoch + 1, tries = tries + ?, heartbeat_at = ?,
      awaited_state = null, awaited_on = null
      where id = ? ${live} and (lease_owner is null or lease_owner = ? or heartbeat_at is null or heartbeat_at < ?)`,
    parameters: [owner, tries, at, runId, owner, staleBefore],
    mustChange: true,
  }
}

const letGo = 'lease_owner = null, heartbeat_at = ?'
const cameToRest = `${letGo}, tries = 0`

export function markParked(runId: string, at: number): Statement {
  return {
    sql: `update runs set phase = 'parked', ${cameToRest}, awaited_state = null, awaited_on = null where id = ? ${live}`,
    parameters: [at, runId],
    mustChange: true,
  }
}

/** Like `markParked`, for a run that got nowhere: its tries stay counted. */
export function markParkedAfterFailure(runId: string, at: number): Statement {
  return {
    sql: `update runs set phase = 'parked', ${letGo}, awaited_state = null, awaited_on = null where id = ? ${live}`,
    parameters: [at, runId],
    mustChange: true,
  }
}

export function markWaiting(runId: string, at: number, awaited: Awaited): Statement {
  return {
    sql: `update runs set phase = 'waiting', ${cameToRest}, awaited_state = ?, awaited_on = ? where id = ? ${live}`,
    parameters: [at, awaited.state, awaited.on, runId],
    mustChange: true,
  }
}

/** The process stops or the runtime pauses: whoever comes next takes the run up where its log ends. */
export function releaseRun(runId: string, at: number): Statement {
  return { sql: `update runs set ${cameToRest} where id = ? ${live}`, parameters: [at, runId] }
}

export function heartbeat(runId: string, at: number): Statement {
  return { sql: `update runs set heartbeat_at = ? where id = ? ${live}`, parameters: [at, runId] }
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

/** Fails where so many inputs are not what the run has yet to take in: something was said in the same instant. */
export function endRun(runId: string, at: number, end: RunEnd, unread: number): Statement {
  return {
    sql: `update runs set status = ?, phase = null, lease_owner = null, awaited_state = null, awaited_on = null, completed_at = ?, stop_reason = ?, error = ? where id = ? ${live}
      and (select count(*) from run_inputs where run_id = runs.id) = ?`,
    parameters: [end.status, at, end.stopReason, end.error ?? null, runId, unread],
    mustChange: true,
  }
}

export interface RunInput {
  id: string
  /** What was said, in words. */
  text: string
  /** The whole turn, where it is more than the text. */
  segments?: PromptSegment[]
  source: 'api' | 'webui'
  createdAt: number
}

/** Stored only while the run is live and has room; otherwise the statement changes nothing. */
export function insertRunInput(tenantId: string, runId: string, input: RunInput, capacity: number): Statement {
  return {
    sql: `insert into run_inputs (id, tenant_id, run_id, text, segments, source, created_at)
      select ?, ?, id, ?, ?, ?, ? from runs where id = ? ${live}
      and (select count(*) from run_inputs where run_id = ?) < ?`,
    parameters: [
      input.id,
      tenantId,
      input.text,
      input.segments ? JSON.stringify(input.segments) : null,
      input.source,
      input.createdAt,
      runId,
      runId,
      capacity,
    ],
    mustChange: true,
  }
}

export function insertReturnedInputs(run: { id: string; sessionId: string }): Statement {
  return {
    sql: `insert into returned_inputs (id, tenant_id, session_id, run_id, text, segments, created_at)
      select id, tenant_id, ?, run_id, text, segments, created_at from run_inputs where run_id = ? order by n`,
    parameters: [run.sessionId, run.id],
  }
}

export function deleteRunInputs(runId: string): Statement {
  return { sql: 'delete from run_inputs where run_id = ?', parameters: [runId] }
}

/** In order of arrival. */
export function listRunInputs(db: Database, runId: string): RunInput[] {
  return db
    .all<InputRow>('select id, text, segments, source, created_at from run_inputs where run_id = ? order by n', [runId])
    .map(({ id, text, segments, source, created_at }) => ({
      id,
      text,
      ...(segments === null ? {} : { segments: JSON.parse(segments) as PromptSegment[] }),
      source,
      createdAt: created_at,
    }))
}

interface InputRow {
  id: string
  text: string
  segments: string | null
  source: 'api' | 'webui'
  created_at: number
}

export function countRunInputs(db: Database, runId: string): number {
  return db.all<{ n: number }>('select count(*) as n from run_inputs where run_id = ?', [runId])[0]!.n
}

/** Something arrived for a run that nobody is working on. */
export function needsAttention(db: Database, runId: string): boolean {
  const sql = `select 1 from runs where id = ? ${live} and (
    (phase in ('queued', 'working') and lease_owner is null)
    or (phase = 'parked' and exists (select 1 from run_inputs where run_id = runs.id))
    or (phase = 'waiting' and exists (select 1 from tool_calls where run_id = runs.id and state = 'answered')))`
  return db.all(sql, [runId]).length > 0
}

export function deleteRunInput(inputId: string): Statement {
  return { sql: 'delete from run_inputs where id = ?', parameters: [inputId], mustChange: true }
}

export function startToolCall(tenantId: string, runId: string, toolUseId: string, name: string, at: number): Statement {
  return {
    sql: `insert into tool_calls (run_id, tool_use_id, tenant_id, name, started_at) values (?, ?, ?, ?, ?)
      on conflict (run_id, tool_use_id) do update set started_at = excluded.started_at`,
    parameters: [runId, toolUseId, tenantId, name, at],
  }
}

export function suspendToolCall(runId: string, toolUseId: string, waitsFor: Awaited): Statement {
  return {
    sql: `update tool_calls set state = 'waiting', answer = ? where run_id = ? and tool_use_id = ? and state = 'started'`,
    parameters: [JSON.stringify(waitsFor), runId, toolUseId],
    mustChange: true,
  }
}

/** The result of a call that was suspended, and what its run should log before it. */
export interface CallAnswer {
  text: string
  isError?: boolean
  events: LogEvent[]
}

/** Fails where the call does not wait any more: it has its answer, or was given up. */
export function answerCall(runId: string, toolUseId: string, answer: CallAnswer): Statement {
  return {
    sql: `update tool_calls set state = 'answered', answer = ? where run_id = ? and tool_use_id = ? and state = 'waiting'`,
    parameters: [JSON.stringify(answer), runId, toolUseId],
    mustChange: true,
  }
}

export function finishToolCall(runId: string, toolUseId: string, at: number): Statement {
  return {
    sql: `update tool_calls set state = 'finished', answer = null, finished_at = ? where run_id = ? and tool_use_id = ?`,
    parameters: [at, runId, toolUseId],
  }
}

/** Ends a suspended call without using its answer. Fails where it is not in this state any more. */
export function giveUpCall(runId: string, toolUseId: string, state: 'waiting' | 'answered', at: number): Statement {
  return {
    sql: `update tool_calls set state = 'finished', answer = null, finished_at = ? where run_id = ? and tool_use_id = ? and state = ?`,
    parameters: [at, runId, toolUseId, state],
    mustChange: true,
  }
}

export type CallState =
  | { state: 'started' }
  | { state: 'waiting'; waitsFor: Awaited }
  | { state: 'answered'; answer: CallAnswer }

/** Calls of a run that were started and have no result in the log, by their id. */
export function listCallStates(db: Database, runId: string): Map<string, CallState> {
  const rows = db.all<{ tool_use_id: string; state: CallState['state']; answer: string | null }>(
    `select tool_use_id, state, answer from tool_calls where run_id = ? and state <> 'finished' order by started_at`,
    [runId],
  )
  return new Map(rows.map(({ tool_use_id, state, answer }) => [tool_use_id, callState(state, answer)]))
}

function callState(state: CallState['state'], answer: string | null): CallState {
  if (state === 'started' || answer === null) return { state: 'started' }
  const value: unknown = JSON.parse(answer)
  return state === 'waiting' ? { state, waitsFor: value as Awaited } : { state, answer: value as CallAnswer }
}

/** A call that waits, and which op of its tool it was. */
export function findSuspendedCall(
  db: Database,
  runId: string,
  toolUseId: string,
): { waitsFor: Awaited; op: string } | undefined {
  const call = listCallStates(db, runId).get(toolUseId)
  if (call?.state !== 'waiting') return undefined
  return { waitsFor: call.waitsFor, op: call.waitsFor.op ?? '' }
}

/** Waiting calls that have made runs. */
export function listSpawningCalls(db: Database): { run_id: string; tool_use_id: string }[] {
  return db.all(
    `select distinct t.run_id, t.tool_use_id from tool_calls t
      join runs c on c.parent_run_id = t.run_id and c.parent_tool_use_id = t.tool_use_id
      where t.state = 'waiting'`,
    [],
  )
}
