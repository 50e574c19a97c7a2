import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Bool, Int, object, oneOf, optional, Text, Time } from './schema.ts'

export const RuntimeStatus = oneOf(['running', 'pausing', 'paused'])

export const PauseBody = object('PauseBody', {
  timeout_ms: optional(
    Type.Integer({
      minimum: 0,
      maximum: 300_000,
      description: 'How long runs get to come to a boundary; 30 s unless given.',
    }),
  ),
})
export const PauseResult = object('PauseResult', {
  state: RuntimeStatus,
  duration_ms: Int(),
  force_cancelled_count: Int('Runs that were interrupted because the time was over.'),
  paused_runs_count: Int(),
  warnings: optional(Type.Array(Text())),
})
export const ResumeResult = object('ResumeResult', {
  state: RuntimeStatus,
  resumed_runs_count: Int(),
  warnings: optional(Type.Array(Text())),
})
export const RuntimeState = object('RuntimeState', { state: RuntimeStatus, paused_runs_count: Int() })

const CallStats = object('CallStats', { active: Int('Calls that are under way.'), queued: Int() })

export const ConcurrencyStats = object('ConcurrencyStats', {
  active: Int('Runs that are being worked on; parked and waiting ones are not.'),
  queued: Int(),
  per_user: optional(Type.Record(Type.String(), Type.Integer())),
  max_concurrent_runs: Int(),
  max_queue_depth: Int(),
  providers: optional(Type.Record(Type.String(), CallStats)),
})

export const Replica = object('Replica', {
  id: Text('Its name.'),
  hostname: Text('Of the machine, or the container, that it runs on.'),
  version: Text(),
  started_at: Time('When it came, by the clock of the store; anew after it was away.'),
  last_heartbeat_at: Time('When it was heard of last, by the clock of the store.'),
  silent_ms: Int('How long ago that was.'),
  alive: Bool('Otherwise others take over what it worked on.'),
  running_runs: Int('Runs that it was working on when it was heard of last; parked and waiting ones are not.'),
  self: Bool('It is the one that answers.'),
})
export const ReplicaList = object('ReplicaList', {
  replicas: Type.Array(Replica, {
    description:
      'By name. Empty where one process has the store to itself. One that ended without a word is listed for an hour.',
  }),
})

export const operationEndpoints = {
  pauseRuntime: endpoint({
    method: 'POST',
    path: '/v1/_pause',
    summary: 'Let every run come to a boundary and stay there',
    access: 'substrate:admin',
    body: PauseBody,
    result: PauseResult,
    errors: ['invalid_json', 'invalid_request', 'already_pausing'],
    envelope: 'json',
  }),
  resumeRuntime: endpoint({
    method: 'POST',
    path: '/v1/_resume',
    summary: 'Go on after a pause',
    access: 'substrate:admin',
    result: ResumeResult,
    errors: ['not_paused'],
    envelope: 'json',
  }),
  getRuntimeState: endpoint({
    method: 'GET',
    path: '/v1/_state',
    summary: 'Whether the runtime is running or paused',
    access: 'substrate:admin',
    result: RuntimeState,
    errors: [],
    envelope: 'json',
  }),
  listReplicas: endpoint({
    method: 'GET',
    path: '/v1/_replicas',
    summary: 'Who works on runs together, on one store',
    access: 'substrate:admin',
    result: ReplicaList,
    errors: [],
    envelope: 'json',
  }),
  concurrencyStats: endpoint({
    method: 'GET',
    path: '/v1/_concurrency/stats',
    summary: 'How many runs are worked on, how many calls are made to model services, and how many wait',
    access: 'substrate:admin',
    result: ConcurrencyStats,
    errors: [],
    envelope: 'json',
  }),
}
