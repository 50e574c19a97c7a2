import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { RunEvent } from './events.ts'
import { MessageBody, PromptSegment, RunPhase, RunStatus, startErrors } from './runs.ts'
import { Bool, Int, type Of, object, optional, Text } from './schema.ts'

export const BranchPoint = object('BranchPoint', {
  session_id: Text('The session this one is a branch of.'),
  seq: Int('The last event of it that both have; 0 where the branch begins before its first.'),
  title: optional(Text('What that session is called.')),
})
export type BranchPoint = Of<typeof BranchPoint>

export const Session = object('Session', {
  id: Text(),
  tenant_id: Text(),
  agent: Text(),
  user_id: Text(),
  created_at: Text(),
  title: optional(Text()),
  pinned: optional(Bool()),
  archived_at: optional(Text()),
  branched_from: optional(BranchPoint),
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

export const SaidInput = object('SaidInput', {
  input_id: Text(),
  run_id: Text('The run that was told.'),
  text: Text('What was said, in words.'),
  segments: optional(Type.Array(PromptSegment, { description: 'The whole turn, where it is more than words.' })),
  said_at: Text(),
})
export type SaidInput = Of<typeof SaidInput>

export const ReturnedInputs = object('ReturnedInputs', {
  inputs: Type.Array(SaidInput, { description: 'In the order in which they were said.' }),
})

export const Transcript = object('Transcript', {
  session: Session,
  events: Type.Array(TranscriptEvent),
  has_more: optional(Bool('Older events exist; ask again with `before_seq`.')),
  latest_run: optional(LatestRun),
  queued_inputs: optional(
    Type.Array(SaidInput, { description: 'Said to the latest run, which has yet to take them in.' }),
  ),
  returned_inputs: optional(Int('How many inputs its runs ended without, and nobody has taken back.')),
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

export const ReplayBody = object('ReplayBody', {
  agent: Type.String({ minLength: 1, description: 'Whom the new session is with.' }),
  compress: optional(Bool('Begin with a summary of the older part.')),
  until_seq: optional(
    Type.Integer({
      minimum: 0,
      description:
        'Copy no further than this event. In the middle of a turn the copy ends before that turn; 0 copies nothing. All of the session without it.',
    }),
  ),
})
export type ReplayBody = Of<typeof ReplayBody>

export const ReplaySessionResult = object('ReplaySessionResult', {
  new_session_id: Text(),
  seed_run_id: Text('The run, ended, to which everything that was copied belongs.'),
  events_copied: Int(),
  compacted: Bool(),
  until_seq: Int('The last event that was copied; its place is the same in both sessions.'),
})
export type ReplaySessionResult = Of<typeof ReplaySessionResult>

export const sessionEndpoints = {
  continueSession: endpoint({
    method: 'POST',
    path: '/v1/sessions/{id}/messages',
    key: 'own',
    summary:
      'Go on with a session: its whole conversation is the history of a new run. A run that waits for its operator takes the message in if it is interactive and asks for nothing else than that was started with; otherwise it ends (`continued`) for the new one',
    access: 'runs:create',
    body: MessageBody,
    stream: RunEvent,
    errors: startErrors,
    envelope: 'plain',
  }),
  replaySession: endpoint({
    method: 'POST',
    path: '/v1/sessions/{id}/replay',
    summary: 'Copy a session, or its beginning, into a new one that goes on by itself',
    access: 'runs:create',
    body: ReplayBody,
    result: ReplaySessionResult,
    errors: [
      'invalid_json',
      'invalid_request',
      'empty_source',
      'quota_exceeded',
      'session_not_found',
      'agent_gone',
      'compaction_failed',
      'provider_concurrency_exhausted',
      'runtime_paused',
      'shutting_down',
      'store_unavailable',
    ],
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
  takeReturnedInputs: endpoint({
    method: 'POST',
    path: '/v1/sessions/{id}/returned_inputs',
    key: 'own',
    summary:
      'Take back what runs of a session ended without taking in. Whoever asks first has it, and has it again by asking with the same Idempotency-Key for a day',
    access: 'runs:create',
    result: ReturnedInputs,
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
    errors: ['session_not_found', 'quota_exceeded'],
    envelope: 'plain',
  }),
}
