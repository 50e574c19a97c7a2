import { describe, expect, test } from 'vitest'
import { LoomcycleClient } from './client.ts'
import { InteractiveSession } from './interactive-session.ts'
import { fakeRun, numbered, openingOf } from './testing/fake-run.ts'
import { type Answer, collect, json, recordingFetch } from './testing/recording-fetch.ts'
import { frame, oldAgent, oldFrame, streamOf } from './testing/streams.ts'
import { TestEnvironment } from './testing/test-environment.ts'
import type { AgentEvent } from './types.ts'

const hello = { agent: 'demo', segments: [] }
const parked = oldFrame('awaiting_input', { awaiting_input: { since_turn: 1 } })

function setUp(answer: Answer) {
  const { fetch, requests } = recordingFetch((request, n) => {
    if (request.path.endsWith('/input')) return json({ run_id: 'r_1', delivered: true, input_id: 'i_1' })
    if (request.path.endsWith('/cancel')) return json({ cancelled_count: 1 })
    return answer(request, n)
  })
  return { client: new LoomcycleClient({ fetch, environment: new TestEnvironment() }), requests }
}

test('starts an interactive run when its events are read, and not before', async () => {
  const { client, requests } = setUp(() => streamOf([]))
  const session = client.interactiveSession(hello)
  expect(requests).toHaveLength(0)
  await collect(session.events())
  expect(requests[0]).toMatchObject({ path: '/v1/runs', body: { ...hello, interactive: true } })
})

test('knows the ids and whether the run waits, before each event is seen', async () => {
  const { client } = setUp(() => streamOf([oldAgent, parked, oldFrame('steer', { user_input: { text: 'x' } })]))
  const session = client.interactiveSession(hello)
  const seen: unknown[] = []
  for await (const event of session.events()) seen.push([event.type, session.runId, session.awaitingInput])
  expect(seen).toEqual([
    ['agent', 'r_1', false],
    ['awaiting_input', 'r_1', true],
    ['steer', 'r_1', false],
  ])
  expect([session.agentId, session.sessionId]).toEqual(['a_1', 's_1'])
})

test('takes the session’s id from the session frame, and keeps what an incomplete frame leaves out', async () => {
  const { client } = setUp(() =>
    streamOf([frame('session', { session_id: 's_9' }), frame('agent', { run_id: 'r_9' }), frame('done', {}, 1)]),
  )
  const session = client.interactiveSession(hello)
  await collect(session.events())
  expect(session).toMatchObject({ sessionId: 's_9', runId: 'r_9', agentId: '' })
})

test('sends input, also after its events were left', async () => {
  const { client, requests } = setUp(() => streamOf([oldAgent, parked], 'hang'))
  const session = client.interactiveSession(hello)
  for await (const event of session.events()) if (event.type === 'awaiting_input') break
  expect(await session.send('go on')).toBe(true)
  expect(session.awaitingInput).toBe(false)
  expect(requests[1]).toMatchObject({ path: '/v1/runs/r_1/input', body: { text: 'go on' } })
  expect(await collect(session.events())).toEqual([])
})

test('refuses to send before the run is known', async () => {
  const { client, requests } = setUp(() => streamOf([]))
  await expect(client.interactiveSession(hello).send('x')).rejects.toThrow('run_id not known')
  expect(requests).toHaveLength(0)
})

test('cancels by agent handle, and does nothing before it is known', async () => {
  const { client, requests } = setUp(() => streamOf([oldAgent]))
  const session = client.interactiveSession(hello)
  await session.cancel()
  expect(requests).toHaveLength(0)
  await collect(session.events())
  await session.cancel()
  expect(requests[1]).toMatchObject({ path: '/v1/agents/a_1/cancel', body: { reason: '' } })
})

test('an attached session can send at once', async () => {
  const { client, requests } = setUp(() => streamOf([]))
  const session = client.attachInteractiveSession('r_1', { fromSeq: 5 })
  await session.send('hi')
  await collect(session.events())
  expect(requests.map((r) => r.path)).toEqual(['/v1/runs/r_1/input', '/v1/runs/r_1/stream?from_seq=5'])
})

test('sends more than text', async () => {
  const { client, requests } = setUp(() => streamOf([]))
  const session = client.attachInteractiveSession('r_1')
  const segments = [
    { role: 'user' as const, content: [{ type: 'untrusted-block', kind: 'untrusted', text: 'a file' } as const] },
  ]
  await session.send({ text: 'read it', segments })
  expect(requests[0]).toMatchObject({ path: '/v1/runs/r_1/input', body: { text: 'read it', segments } })
})

test('works over any source of events', async () => {
  async function* source(): AsyncGenerator<AgentEvent> {
    yield { type: 'agent', run_id: 'r', agent_id: 'a', session_id: 's' }
  }
  const cancelled: string[] = []
  const session = new InteractiveSession(source(), {
    sendRunInput: async () => ({ delivered: false }),
    cancelAgent: async (id) => cancelled.push(id),
  })
  await collect(session.events())
  expect(await session.send('x')).toBe(false)
  await session.cancel()
  expect(cancelled).toEqual(['a'])
})

describe('over a connection that breaks', () => {
  const events = numbered([
    { type: 'text', text: 'hello' },
    { type: 'awaiting_input', awaiting_input: { since_turn: 1 } },
    { type: 'steer', user_input: { text: 'more', source: 'api' } },
    { type: 'text', text: 'again' },
    { type: 'done', stop_reason: 'cancelled' },
  ])

  test('is one conversation, wherever it breaks', async () => {
    for (let at = 200; at < 700; at++) {
      const { client } = setUp(fakeRun(events, (n) => (n === 0 ? { at, ending: 'break' } : undefined)))
      const session = client.interactiveSession(hello)
      expect((await collect(session.events())).slice(2)).toEqual([openingOf(events), ...events])
      expect(session.runId).toBe('r_1')
    }
  })
})
