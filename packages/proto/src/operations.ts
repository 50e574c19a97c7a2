import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Int, object, oneOf, optional, Text } from './schema.ts'

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
