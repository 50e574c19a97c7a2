import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { RunEvent } from './events.ts'
import { MessageBody, RunPhase, RunStatus, startErrors } from './runs.ts'
import { Bool, Int, type Of, object, optional, Text } from './schema.ts'

export const Session = object('Session', {
  id: Text(),
  tenant_id: Text(),
  agent: Text(),
  user_id: Text(),
  created_at: Text(),
  title: optional(Text()),
  pinned: optional(Bool()),
  archived_at: optional(Text()),
})
export type Session = Of<typeof Session>

export const TranscriptEvent = object('TranscriptEvent', {
  seq: Int('Place in the session; dense, starting at 1.'),
  run_id: Text(),
  ts_ns: Int('Unix time in nanoseconds.'),
  type: Text('A run event’s type, or `user_input` / `system_prompt`, which only the log has.'),
  event: Type.Unknown({ description: 'The event as it was streamed; `{type}` where `payload` holds the content.' }),
  payload: optional(Type.Unknown()),
})
export type TranscriptEvent = Of<typeof TranscriptEvent>

export const LatestRun = object('LatestRun', {
  run_id: Text(),
  agent_id: Text(),
  agent: Text(),
  status: RunStatus,
  phase: optional(RunPhase),
  interactive: Bool(),
  error: optional(Text()),
})

export const Transcript = object('Transcript', {
  session: Session,
  events: Type.Array(TranscriptEvent),
  has_more: optional(Bool('Older events exist; ask again with `before_seq`.')),
  latest_run: optional(LatestRun),
})
export type Transcript = Of<typeof Transcript>

export const TranscriptQuery = object('TranscriptQuery', {
  limit: optional(
    Type.Integer({
      minimum: 1,
      maximum: 5000,
      description: 'At most this many events, the newest. All of them without it.',
    }),
  ),
  before_seq: optional(Type.Integer({ minimum: 1, description: 'Only events before this one.' })),
})

export const sessionEndpoints = {
  continueSession: endpoint({
    method: 'POST',
    path: '/v1/sessions/{id}/messages',
    summary: 'Go on with a session: its whole conversation is the history of a new run',
    access: 'runs:create',
    body: MessageBody,
    stream: RunEvent,
    errors: startErrors,
    envelope: 'plain',
  }),
  getTranscript: endpoint({
    method: 'GET',
    path: '/v1/sessions/{id}/transcript',
    summary: 'A session’s log',
    access: 'runs:read',
    query: TranscriptQuery,
    result: Transcript,
    errors: ['invalid_request', 'session_not_found'],
    envelope: 'plain',
  }),
  deleteSession: endpoint({
    method: 'DELETE',
    path: '/v1/sessions/{id}',
    summary:
      'Delete a session and the sessions of its sub-agents. Its run is ended; it can be restored for seven days, then it is gone for good',
    access: 'runs:create',
    status: 204,
    errors: ['session_not_found'],
    envelope: 'plain',
  }),
  restoreSession: endpoint({
    method: 'POST',
    path: '/v1/sessions/{id}/restore',
    summary: 'Bring a deleted session back',
    access: 'runs:create',
    status: 204,
    errors: ['session_not_found'],
    envelope: 'plain',
  }),
}
