import type { RunStatus } from '@loomcycle/proto'
import type { Statement } from '../db/commit-writer.ts'
import type { Database } from '../db/database.ts'
import { fromRow, type RunRecord, type Totals } from './run-record.ts'

export function insertRun(db: Database, run: RunRecord): Statement {
  return db.sql
    .insertInto('runs')
    .values({
      id: run.id,
      session_id: run.sessionId,
      tenant_id: run.tenantId,
      user_id: run.userId,
      agent: run.agent,
      agent_id: run.agentId,
      parent_run_id: run.parentRunId,
      parent_agent_id: run.parentAgentId,
      root_run_id: run.rootRunId,
      status: 'running',
      phase: 'queued',
      interactive: run.interactive ? 1 : 0,
      options: JSON.stringify(run.options),
      history_after: run.historyAfter,
      first_seq: run.firstSeq,
      provider: run.provider,
      model: run.model,
      started_at: run.startedAt,
      heartbeat_at: run.startedAt,
      completed_at: null,
      stop_reason: null,
      error: null,
    })
    .compile()
}

export async function findRun(db: Database, id: string): Promise<RunRecord | undefined> {
  const row = await db.read.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst()
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

export async function listUserRuns(
  db: Database,
  filter: { tenantId: string | undefined; userId: string; status: RunStatus | undefined; limit: number },
): Promise<RunRecord[]> {
  let query = db.read.selectFrom('runs').selectAll().where('user_id', '=', filter.userId)
  if (filter.tenantId !== undefined) query = query.where('tenant_id', '=', filter.tenantId)
  if (filter.status !== undefined) query = query.where('status', '=', filter.status)
  const rows = await query.orderBy('started_at', 'desc').limit(filter.limit).execute()
  return rows.map(fromRow)
}

/** Runs that hold the processor: what a restart has to take up again. */
export async function listUnsettledRuns(db: Database): Promise<RunRecord[]> {
  const rows = await db.read
    .selectFrom('runs')
    .selectAll()
    .where('status', '=', 'running')
    .where('phase', 'in', ['queued', 'working'])
    .orderBy('started_at')
    .execute()
  return rows.map(fromRow)
}

export async function listChildRuns(db: Database, runId: string): Promise<RunRecord[]> {
  const rows = await db.read.selectFrom('runs').selectAll().where('parent_run_id', '=', runId).execute()
  return rows.map(fromRow)
}

const live = `and status = 'running'`

export function markWorking(runId: string, at: number): Statement {
  return {
    sql: `update runs set phase = 'working', heartbeat_at = ? where id = ? ${live}`,
    parameters: [at, runId],
    mustChange: true,
  }
}

export function markParked(runId: string, at: number): Statement {
  return {
    sql: `update runs set phase = 'parked', heartbeat_at = ? where id = ? ${live}`,
    parameters: [at, runId],
    mustChange: true,
  }
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
      provider = ?, model = ? where id = ? ${live}`,
    parameters: [turns, totals.input, totals.output, totals.cacheCreation, totals.cacheRead, provider, model, runId],
    mustChange: true,
  }
}

export interface RunEnd {
  status: 'completed' | 'failed' | 'cancelled'
  stopReason: string
  error?: string
}

/** `onlyWithoutInputs`: changes nothing where something was said that the run has not taken in. */
export function endRun(runId: string, at: number, end: RunEnd, options = { onlyWithoutInputs: false }): Statement {
  const unheard = 'and not exists (select 1 from run_inputs where run_id = runs.id)'
  return {
    sql: `update runs set status = ?, phase = null, completed_at = ?, stop_reason = ?, error = ? where id = ? ${live}
      ${options.onlyWithoutInputs ? unheard : ''}`,
    parameters: [end.status, at, end.stopReason, end.error ?? null, runId],
    mustChange: true,
  }
}

export interface RunInput {
  id: string
  text: string
  source: 'api' | 'webui'
  createdAt: number
}

/** Stored only while the run is live and has room; otherwise the statement changes nothing. */
export function insertRunInput(tenantId: string, runId: string, input: RunInput, capacity: number): Statement {
  return {
    sql: `insert into run_inputs (id, tenant_id, run_id, text, source, created_at)
      select ?, ?, id, ?, ?, ? from runs where id = ? ${live}
      and (select count(*) from run_inputs where run_id = ?) < ?`,
    parameters: [input.id, tenantId, input.text, input.source, input.createdAt, runId, runId, capacity],
    mustChange: true,
  }
}

/** In order of arrival. */
export function listRunInputs(db: Database, runId: string): RunInput[] {
  return db
    .all<{ id: string; text: string; source: 'api' | 'webui'; created_at: number }>(
      'select id, text, source, created_at from run_inputs where run_id = ? order by n',
      [runId],
    )
    .map((row) => ({ id: row.id, text: row.text, source: row.source, createdAt: row.created_at }))
}

export function hasWaitingInput(db: Database, runId: string): boolean {
  return (
    db.all(`select 1 from run_inputs join runs on runs.id = run_inputs.run_id where run_id = ? ${live} limit 1`, [
      runId,
    ]).length > 0
  )
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

export function finishToolCall(runId: string, toolUseId: string, at: number): Statement {
  return {
    sql: 'update tool_calls set finished_at = ? where run_id = ? and tool_use_id = ?',
    parameters: [at, runId, toolUseId],
  }
}

/** Ids of the calls that were started, by whether anybody knows how they ended. */
export function listStartedToolCalls(db: Database, runId: string): Set<string> {
  const rows = db.all<{ tool_use_id: string }>(
    'select tool_use_id from tool_calls where run_id = ? and finished_at is null',
    [runId],
  )
  return new Set(rows.map((row) => row.tool_use_id))
}
