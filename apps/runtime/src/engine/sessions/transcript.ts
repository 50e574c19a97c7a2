import type { Session, Transcript, TranscriptEvent } from '@loomcycle/proto'
import { nanosPerMilli } from '../../ground/clock.ts'
import type { Database } from '../../ground/db/database.ts'
import { JsonParts, listParts, objectParts } from '../../ground/json-parts.ts'
import { eventPages, newestStretch } from '../log/event-pages.ts'
import { parseLogEvent, type SystemPromptRow, type UserInputRow } from '../log/log-event.ts'
import type { LoggedEvent } from '../log/store.ts'
import { countReturned } from '../rows/returned-inputs.ts'
import { listRunInputs } from '../rows/run-inputs.ts'
import { isLive, type RunRecord } from '../rows/run-record.ts'
import type { SessionRow } from '../rows/sessions.ts'
import { toBranchPoint } from './branch-point.ts'
import { toSaidInput } from './said-input.ts'

/** The newest `limit` events before `beforeSeq`, oldest first; all of them without a limit. Read as it is sent. */
export async function readTranscript(
  db: Database,
  session: SessionRow,
  source: SessionRow | undefined,
  latestRun: RunRecord | undefined,
  { limit, beforeSeq }: { limit?: number | undefined; beforeSeq?: number | undefined },
): Promise<JsonParts> {
  const stretch = await newestStretch(db, session.id, beforeSeq, limit)
  const rest = {
    has_more: stretch.first > 1,
    ...(latestRun ? { latest_run: toLatestRun(latestRun) } : {}),
    ...(beforeSeq === undefined ? await unreadInputs(db, session.id, latestRun) : {}),
  }
  const events = listParts(transcriptPages(eventPages(db, session.id, stretch)))
  return new JsonParts(objectParts({ session: toSession(session, source) }, 'events', events, rest))
}

async function* transcriptPages(pages: AsyncIterable<LoggedEvent[]>) {
  for await (const page of pages) yield page.filter((row) => row.type !== 'assistant_turn').map(transcriptEvent)
}

async function unreadInputs(db: Database, sessionId: string, latestRun: RunRecord | undefined) {
  const returned = await countReturned(db, sessionId)
  const queued = latestRun && isLive(latestRun) ? await listRunInputs(db, latestRun.id) : []
  return {
    ...(queued.length > 0 ? { queued_inputs: queued.map((input) => toSaidInput(latestRun!.id, input)) } : {}),
    ...(returned > 0 ? { returned_inputs: returned } : {}),
  }
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

/** As JSON. Rows that only the log has carry their content as `payload`; the rest are the events as streamed. */
function transcriptEvent(row: LoggedEvent): string {
  const { seq, run_id, type } = row
  const base = JSON.stringify({ seq, run_id, ts_ns: row.at * nanosPerMilli, type } satisfies Omit<
    TranscriptEvent,
    'event'
  >)
  return `${base.slice(0, -1)},${contentOf(row)}}`
}

function contentOf(row: LoggedEvent): string {
  // Most rows are what they were streamed as, to the letter.
  if (row.type !== 'user_input' && row.type !== 'system_prompt') return `"event":${row.payload}`
  const event = parseLogEvent(row) as UserInputRow | SystemPromptRow
  const content =
    event.type === 'user_input'
      ? { event: inputMarks(event), payload: event.segments }
      : { event: { type: event.type }, payload: { system_prompt: event.system_prompt } }
  return JSON.stringify(content).slice(1, -1)
}

function inputMarks({ type, source, input_id, seen_at, opening }: UserInputRow) {
  return { type, source, seen_at, ...(input_id ? { input_id } : {}), ...(opening ? { opening } : {}) }
}
