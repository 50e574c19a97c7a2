import type { SaidInput, TranscriptEvent } from '@loomcycle/client'
import { emptyView, type LoggedEvent, type RunView } from '../types.ts'
import { type LatestRun, withLatestRun } from './attach.ts'
import { withQueued } from './inputs.ts'
import { applyEvents } from './run-view.ts'

/** The end of a session's log, as it is read. */
export interface LogPage {
  session: { agent: string }
  events: readonly TranscriptEvent[]
  latest_run?: LatestRun
  queued_inputs?: readonly SaidInput[]
}

/** A row of the log as the view takes it in. */
export function toLogged(row: TranscriptEvent): LoggedEvent {
  const event = row.event && typeof row.event === 'object' ? row.event : {}
  return {
    seq: row.seq,
    runId: row.run_id,
    at: row.ts_ns / 1e6,
    event: { payload: row.payload, ...event, type: row.type },
  }
}

/**
 * A view with what the end of the log has that it does not know yet. Where more has happened than the page holds, the
 * page stands alone, `afresh`: what was known does not join on to it.
 */
export function withPage(
  known: RunView,
  sessionId: string,
  page: LogPage,
  at: number,
): { view: RunView; afresh: boolean } {
  const events = page.events.map(toLogged)
  const hasGap = known.lastSeq > 0 && (events[0]?.seq ?? 0) > known.lastSeq + 1
  let view = applyEvents(hasGap ? { ...emptyView, pending: known.pending } : known, events)
  if (page.latest_run) view = withLatestRun(view, page.latest_run, at)
  view = withQueued(view, page.queued_inputs ?? [])
  view = { ...view, run: { ...view.run, sessionId, agent: page.session.agent } }
  return { view, afresh: known.lastSeq === 0 || hasGap }
}
