import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { op, opSet } from './op.ts'
import { Ident } from './runs.ts'
import { Bool, cursor, Int, named, next_cursor, type Of, object, oneOf, optional, Text } from './schema.ts'

export const interruptStatuses = ['pending', 'resolved', 'declined', 'timed_out', 'cancelled'] as const
export const InterruptStatus = named('InterruptStatus', oneOf(interruptStatuses))
export type InterruptStatus = Of<typeof InterruptStatus>
export const InterruptPriority = oneOf(['low', 'normal', 'high'])

export const Interrupt = object('Interrupt', {
  interrupt_id: Text(),
  run_id: Text(),
  session_id: Text(),
  kind: oneOf(['question', 'notice']),
  status: InterruptStatus,
  question: Text(),
  options: optional(Type.Array(Text(), { description: 'The answer has to be one of these; free text without them.' })),
  context_data: optional(Text('What the agent wants the person to know before answering.')),
  priority: InterruptPriority,
  answer: optional(Text()),
  created_at: Text(),
  expires_at: optional(Text()),
  resolved_at: optional(Text()),
  resolved_by: optional(Text('webui, api, timeout, agent, agent_cancel, or what the caller said.')),
  user_id: Text(),
  agent_id: Text(),
  agent_name: Text(),
})
export type Interrupt = Of<typeof Interrupt>

export const InterruptList = object('InterruptList', { interrupts: Type.Array(Interrupt), total: Int(), next_cursor })
export const InterruptQuery = object('InterruptQuery', {
  status: optional(Text('pending, resolved, declined, timed_out, cancelled or all.')),
  limit: optional(Type.Integer({ minimum: 1, maximum: 200, default: 200 })),
  cursor,
})
export const ResolveInterruptBody = object('ResolveInterruptBody', {
  kind: optional(Text('`question`, which is all there is to answer.')),
  answer: optional(Text()),
  resolved_by: optional(Type.String({ maxLength: 128 })),
  disposition: optional(oneOf(['answer', 'declined'])),
})
export const ResolveInterruptResult = object('ResolveInterruptResult', {
  interrupt_id: Ident(),
  status: InterruptStatus,
  resolved_at: Text(),
})

export const interruptEndpoints = {
  listRunInterrupts: endpoint({
    method: 'GET',
    path: '/v1/runs/{run_id}/interrupts',
    summary: 'What a run asked, newest first',
    access: 'runs:read',
    query: InterruptQuery,
    result: InterruptList,
    errors: ['invalid_request', 'invalid_cursor'],
    envelope: 'plain',
  }),
  listUserInterrupts: endpoint({
    method: 'GET',
    path: '/v1/users/{user_id}/interrupts',
    summary: 'What all runs of a user ask, newest first; the open ones unless `status` says otherwise',
    access: 'runs:read',
    query: InterruptQuery,
    result: InterruptList,
    errors: ['invalid_request', 'invalid_cursor'],
    envelope: 'plain',
  }),
  resolveInterrupt: endpoint({
    method: 'POST',
    path: '/v1/runs/{run_id}/interrupts/{interrupt_id}/resolve',
    summary: 'Answer or decline a question; the run goes on',
    access: 'runs:create',
    body: ResolveInterruptBody,
    result: ResolveInterruptResult,
    errors: [
      'invalid_json',
      'invalid_request',
      'interrupt_not_found',
      'interrupt_settled',
      'interrupt_expired',
      'invalid_answer',
    ],
    envelope: 'plain',
  }),
}

export const interruptionOps = opSet({
  tool: 'Interruption',
  description: 'Ask the person you work for and wait for the answer, or tell them something without waiting.',
  access: 'run',
  ops: {
    ask: op({
      name: 'ask',
      description: 'Ask a question and wait, however long it takes, until it is answered, declined or expired.',
      idempotent: false,
      effect: 'apart',
      input: object('InterruptionAskInput', {
        question: Type.String({ minLength: 1, maxLength: 4000 }),
        options: optional(
          Type.Array(Type.String({ minLength: 1, maxLength: 500 }), {
            maxItems: 20,
            description: 'The answers to choose from; free text without them.',
          }),
        ),
        context: optional(Type.String({ maxLength: 16000, description: 'What to know before answering.' })),
        timeout_ms: optional(
          Type.Integer({
            minimum: 1000,
            description: 'Milliseconds until the question expires; an hour unless given, a day at most.',
          }),
        ),
        priority: optional(InterruptPriority),
      }),
      output: object('InterruptionAskOutput', {
        interrupt_id: Text(),
        answer: Text(),
        resolved_at: Text(),
        resolved_by: Text(),
      }),
    }),
    notify: op({
      name: 'notify',
      description: 'Tell the person something; nothing is waited for.',
      idempotent: false,
      effect: 'apart',
      input: object('InterruptionNotifyInput', { message: Type.String({ minLength: 1, maxLength: 4000 }) }),
      output: object('InterruptionNotifyOutput', { interrupt_id: Text(), ok: Bool() }),
    }),
    cancel: op({
      name: 'cancel',
      description: 'Take a question back that nobody has answered.',
      idempotent: true,
      effect: 'apart',
      input: object('InterruptionCancelInput', { interruption_id: Text() }),
      output: object('InterruptionCancelOutput', { cancelled: Bool() }),
    }),
  },
})
