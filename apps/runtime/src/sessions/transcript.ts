import type { SaidInput, Session, Transcript, TranscriptEvent } from '@loomcycle/proto'
import type { Database } from '../db/database.ts'
import { parseLogEvent, type UserInputRow } from '../log/log-event.ts'
import { type LoggedEvent, listEventsBefore, listSessionEvents } from '../log/store.ts'
import { isLive, type RunRecord } from '../runs/run-record.ts'
import { listRunInputs, type RunInput } from '../runs/store.ts'
import { toBranchPoint } from './branch-point.ts'
import { countReturnedInputs } from './returned-inputs.ts'
import type { SessionRow } from './store.ts'

/** The newest `limit` events before `beforeSeq`, oldest first; all of them without a limit. */
export function readTranscript(
  db: Database,
  session: SessionRow,
  source: SessionRow | undefined,
  latestRun: RunRecord | undefined,
  { limit, beforeSeq }: { limit?: number | undefined; beforeSeq?: number | undefined },
): Transcript {
  const before = beforeSeq ?? Number.MAX_SAFE_INTEGER
  const rows = limit ? listEventsBefore(db, session.id, before, limit) : allEvents(db, session.id, before)
  const oldest = rows[0]?.seq ?? 1
  return {
    session: toSession(session, source),
    events: rows.filter((row) => row.type !== 'assistant_turn').map(toTranscriptEvent),
    has_more: oldest > 1,
    ...(latestRun ? { latest_run: toLatestRun(latestRun) } : {}),
    ...(beforeSeq === undefined ? unreadInputs(db, session.id, latestRun) : {}),
  }
}

function unreadInputs(db: Database, sessionId: string, latestRun: RunRecord | undefined) {
  const returned = countReturnedInputs(db, sessionId)
  const queued = latestRun && isLive(latestRun) ? listRunInputs(db, latestRun.id) : []
  return {
    ...(queued.length > 0 ? { queued_inputs: queued.map((input) => toSaidInput(latestRun!.id, input)) } : {}),
    ...(returned > 0 ? { returned_inputs: returned } : {}),
  }
}

function toSaidInput(run_id: string, { id, text, segments, createdAt }: RunInput): SaidInput {
  return { input_id: id, run_id, text, ...(segments ? { segments } : {}), said_at: new Date(createdAt).toISOString() }
}

function toSession(row: SessionRow, source: SessionRow | undefined): Session {
  return {
    id: row.id,
    tenant_id: row.tenant_id,
    agent: row.agent,
    user_id: row.user_id,
    created_at: new Date(row.created_at).toISOString(),
    title: row.title ?? row.opening,
    pinned: row.pinned === 1,
    ...(row.archived_at === null ? {} : { archived_at: new Date(row.archived_at).toISOString() }),
    ...toBranchPoint(row, source?.title ?? source?.opening),
  }
}

function toLatestRun(run: RunRecord): NonNullable<Transcript['latest_run']> {
  return {
    run_id: run.id,
    agent_id: run.agentId,
    agent: run.agent,
    status: run.state.status,
    ...(run.state.status === 'running' ? { phase: run.state.phase } : {}),
    interactive: run.interactive,
    ...(run.state.status === 'failed' ? { error: run.state.error } : {}),
  }
}

/** Rows that only the log has carry their content as `payload`; the rest are the events as streamed. */
function toTranscriptEvent(row: LoggedEvent): TranscriptEvent {
  const event = parseLogEvent(row)
  const base = { seq: row.seq, run_id: row.run_id, ts_ns: row.at * 1_000_000, type: row.type }
  if (event.type === 'user_input') return { ...base, event: inputMarks(event), payload: event.segments }
  if (event.type === 'system_prompt')
    return { ...base, event: { type: event.type }, payload: { system_prompt: event.system_prompt } }
  return { ...base, event }
}

function inputMarks({ type, source, input_id, seen_at, opening }: UserInputRow) {
  return { type, source, seen_at, ...(input_id ? { input_id } : {}), ...(opening ? { opening } : {}) }
}

const pageSize = 5000

function allEvents(db: Database, sessionId: string, before: number): LoggedEvent[] {
  const rows: LoggedEvent[] = []
  for (;;) {
    const page = listSessionEvents(db, sessionId, rows.at(-1)?.seq ?? 0, pageSize)
    for (const row of page) if (row.seq < before) rows.push(row)
    if (page.length < pageSize) return rows
  }
}
