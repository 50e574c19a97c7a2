import { listEventsOfTypes } from '../../../engine/log/store.ts'
import { findRunByAgentId } from '../../../engine/rows/runs.ts'
import { afterCursor, type Listing, toPage } from '../../../ground/cursor.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { looksBack, mayOpen } from '../../history/access.ts'
import { findChat } from '../../history/store.ts'
import { toTranscriptEntry } from '../../history/transcript-entry.ts'
import type { ContextOp, IntrospectionDeps } from '../deps.ts'

export function history({ db }: IntrospectionDeps): ContextOp<'history'> {
  return async (caller, { agent_id = caller.run?.agentId, event_types: types = [], limit = 100, since_ts, cursor }) => {
    if (agent_id === undefined) throw new ToolError('agent_id is missing; it says which run is meant')
    if (!looksBack(caller)) {
      throw new ToolError(
        `looking back is not open to agent ${caller.run?.agent.name}; its setting history_scope would allow it`,
      )
    }
    const since = since_ts === undefined ? 0 : Date.parse(since_ts)
    if (Number.isNaN(since)) throw new ToolError('since_ts must be a time as in RFC 3339, e.g. 2026-06-30T09:00:00Z')
    const run = await findRunByAgentId(db, caller.tenantId, agent_id)
    const chat = run && (await findChat(db, run.sessionId))
    // A run that may not be looked at and one that is not there look the same.
    if (!run || !chat || !mayOpen(caller, chat)) throw new ToolError(`there is no run of agent_id ${agent_id}`)
    const of = { sessionId: run.sessionId, runId: run.id }
    const listing: Listing = ['context.history', { ...of, types, since }]
    const after = Number(afterCursor(cursor, listing, 1)?.[0] ?? 0)
    const found = await listEventsOfTypes(db, of, { types, since, after, limit: limit + 1 })
    const { rows, next } = toPage(found, limit, listing, ({ seq }) => [seq])
    const events = rows.map(toTranscriptEntry)
    return {
      agent_id,
      session_id: run.sessionId,
      events,
      count: events.length,
      truncated: found.length > limit,
      ...next,
    }
  }
}
