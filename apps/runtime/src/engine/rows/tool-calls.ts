import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { parseJson } from '../../ground/json.ts'
import type { LogEvent } from '../log/log-event.ts'
import type { Awaited } from './run-record.ts'
import { type Hand, inHand, isSuspended, live } from './runs.ts'

/** Fails where another hand has the run: it runs the tool, or has already. */
export function startToolCall(run: Hand, toolUseId: string, name: string, at: number): Statement {
  return {
    sql: `insert into tool_calls (run_id, tool_use_id, tenant_id, name, started_at)
      select id, ?, tenant_id, ?, ? from runs where ${inHand} ${live}
      on conflict (run_id, tool_use_id) do update set started_at = excluded.started_at`,
    parameters: [toolUseId, name, at, run.id, run.leaseEpoch],
    mustChange: true,
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

/** For a call that does its work in one transaction: its answer is there with what it did. */
export function answerStartedCall(runId: string, toolUseId: string, answer: CallAnswer): Statement {
  return {
    sql: `update tool_calls set state = 'answered', answer = ? where run_id = ? and tool_use_id = ? and state = 'started'`,
    parameters: [JSON.stringify(answer), runId, toolUseId],
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
export async function listCallStates(db: Database, runId: string): Promise<Map<string, CallState>> {
  const rows = await db.all<{ tool_use_id: string; state: CallState['state']; answer: string | null }>(
    `select tool_use_id, state, answer from tool_calls where run_id = ? and state <> 'finished' order by started_at`,
    [runId],
  )
  return new Map(rows.map(({ tool_use_id, state, answer }) => [tool_use_id, callState(state, answer)]))
}

function callState(state: CallState['state'], answer: string | null): CallState {
  if (state === 'started' || answer === null) return { state: 'started' }
  const value = parseJson(answer)
  return state === 'waiting' ? { state, waitsFor: value as Awaited } : { state, answer: value as CallAnswer }
}

/** A call that waits, and which op of its tool it was. */
export async function findSuspendedCall(
  db: Database,
  runId: string,
  toolUseId: string,
): Promise<{ waitsFor: Awaited; op: string } | undefined> {
  const call = (await listCallStates(db, runId)).get(toolUseId)
  if (call?.state !== 'waiting') return undefined
  return { waitsFor: call.waitsFor, op: call.waitsFor.op ?? '' }
}

/** Waiting calls that have made runs. */
export async function listSpawningCalls(db: Database): Promise<{ run_id: string; tool_use_id: string }[]> {
  return db.all(
    `select distinct t.run_id, t.tool_use_id from tool_calls t
      join runs c on c.parent_run_id = t.run_id and c.parent_tool_use_id = t.tool_use_id
      where t.state = 'waiting' and ${isSuspended}`,
    [],
  )
}
