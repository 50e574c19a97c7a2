import { describe, expect, test } from 'vitest'
import { LoomcycleClient } from './client.ts'
import { NotFoundError } from './errors.ts'
import { type Answer, collect, collectToFailure, json, plain, recordingFetch } from './testing/recording-fetch.ts'
import { agent, broken, frame, streamOf } from './testing/streams.ts'
import { TestEnvironment } from './testing/test-environment.ts'

function setUp(answer: Answer) {
  const { fetch, requests } = recordingFetch(answer)
  const environment = new TestEnvironment()
  return { client: new LoomcycleClient({ baseUrl: 'http://host:1/', fetch, environment }), requests }
}

const segments = [{ role: 'user' as const, content: [{ type: 'trusted-text' as const, text: 'hi' }] }]

describe('questions', () => {
  test('are listed, the open ones unless said otherwise', async () => {
    const { client, requests } = setUp(() => json({ interrupts: [], total: 0 }))
    await client.listUserInterrupts('ada')
    await client.listRunInterrupts('r/1', { status: 'all' })
    expect(requests.map(({ url }) => url)).toEqual([
      'http://host:1/v1/users/ada/interrupts?status=pending',
      'http://host:1/v1/runs/r%2F1/interrupts?status=all',
    ])
  })

  test('are answered and declined', async () => {
    const { client, requests } = setUp(() => json({ interrupt_id: 'i', status: 'resolved', resolved_at: 'now' }))
    await client.resolveInterrupt('r', 'i', { answer: 'yes' })
    await client.cancelInterrupt('r', 'i', { resolvedBy: 'me' })
    expect(requests.map(({ body }) => body)).toEqual([
      { kind: 'question', answer: 'yes', resolved_by: 'client' },
      { kind: 'question', resolved_by: 'me', disposition: 'declined' },
    ])
    expect(requests[0]).toMatchObject({ method: 'POST', url: 'http://host:1/v1/runs/r/interrupts/i/resolve' })
  })

  test('that are not there are a plain NotFoundError', async () => {
    const { client } = setUp(() => plain('no such interrupt\n', 404))
    const error = await client.resolveInterrupt('r', 'i', { answer: 'x' }).catch((err: unknown) => err)
    expect(error).toBeInstanceOf(NotFoundError)
    expect((error as NotFoundError).name).toBe('NotFoundError')
  })
})

describe('a batch', () => {
  test('sends each run as a run body, without what concerns a stream', async () => {
    const { client, requests } = setUp(() => json({ results: [], spawned: 0 }))
    await client.spawnRunBatch({
      spawns: [{ agent: 'a', segments, debug: true, userId: 'u', parentContext: { function_key: 'f' } }],
      mode: 'join',
      timeoutMs: 5,
    })
    expect(requests).toMatchObject([
      {
        method: 'POST',
        url: 'http://host:1/v1/runs:batch',
        body: {
          spawns: [{ agent: 'a', segments, user_id: 'u', parent_context: { function_key: 'f' } }],
          mode: 'join',
          timeout_ms: 5,
        },
      },
    ])
  })
})

describe('operations', () => {
  test('pause, resume, state and compact', async () => {
    const { client, requests } = setUp(() => json({ state: 'paused' }))
    await client.pauseRuntime({ timeoutMs: 10 })
    await client.pauseRuntime()
    await client.resumeRuntime()
    await client.getRuntimeState()
    await client.listReplicas()
    await client.compactRun('a/b', { reason: 'full' })
    await client.compactRun('r')
    expect(requests.map(({ method, url, body }) => [method, url.slice('http://host:1'.length), body])).toEqual([
      ['POST', '/v1/_pause', { timeout_ms: 10 }],
      ['POST', '/v1/_pause', undefined],
      ['POST', '/v1/_resume', undefined],
      ['GET', '/v1/_state', undefined],
      ['GET', '/v1/_replicas', undefined],
      ['POST', '/v1/runs/a%2Fb/compact', { reason: 'full' }],
      ['POST', '/v1/runs/r/compact', {}],
    ])
  })

  test('a key makes a run safe to ask for twice', async () => {
    const { client, requests } = setUp(() => streamOf([agent, frame('done', {}, 1)]))
    await collect(client.runStreaming({ agent: 'a', segments, idempotencyKey: 'k' }))
    await collect(client.continueSession({ sessionId: 's', segments, idempotencyKey: 'k2' }))
    expect(requests.map(({ headers }) => headers['Idempotency-Key'])).toEqual(['k', 'k2'])
  })
})

describe('run states', () => {
  const open =
    'event: stream_open\ndata: {"user_id":"u","filter_status":null,"filter_agent":"","keepalive_interval":25}\n\n'
  const state = (run_id: string, parent?: string) =>
    `event: run_state\ndata: ${JSON.stringify({ run_id, status: 'running', ...(parent ? { parent_agent_id: parent } : {}) })}\n\n`

  test('come as they happen, filtered by the server', async () => {
    const { client, requests } = setUp(() =>
      streamOf([open, ': keepalive\n\n', state('r1'), 'event: news\ndata: {}\n\n']),
    )
    const items = await collect(
      client.streamUserRunStates('u', { statuses: ['completed', 'failed'], agent: 'a', debug: true }),
    )
    expect(items.map((item) => item.kind)).toEqual(['open', 'event', 'close'])
    expect(items[2]).toEqual({ kind: 'close', payload: { reason: 'eof' } })
    expect(requests[0]).toMatchObject({
      url: 'http://host:1/v1/users/u/agents/stream?status=completed%2Cfailed&agent=a',
      headers: { Accept: 'text/event-stream' },
    })
  })

  test('of one parent are picked out here', async () => {
    const { client } = setUp(() => streamOf([open, state('r1', 'a_1'), state('r2')]))
    const items = await collect(client.streamUserRunStates('u', { parentAgentId: 'a_1' }))
    expect(items.map((item) => (item.kind === 'event' ? item.payload.run_id : item.kind))).toEqual(['open', 'r1'])
  })

  test('say why they broke off, and break off', async () => {
    const { client } = setUp(() => streamOf([open], 'break'))
    const { items, failure } = await collectToFailure(client.streamUserRunStates('u', { debug: true }))
    expect(items.at(-1)).toEqual({ kind: 'close', payload: { reason: 'TypeError' } })
    expect(failure).toBe(broken)
  })
})

describe('sub-agents on the stream of their parent', () => {
  const child = (seq: number) =>
    frame('child', { run_id: 'r_2', parent_run_id: 'r_1', seq, event: { type: 'text', text: `c${seq}` } })

  test('are told once, though a re-attach tells them from their beginning', async () => {
    const answers = [
      () => streamOf([agent, frame('started', {}, 1), child(1), child(2)], 'break'),
      () => streamOf([agent, child(1), child(2), child(3), frame('done', {}, 2)]),
    ]
    const { client, requests } = setUp(() => answers.shift()!())
    const events = await collect(client.streamRunByID('r_1', { include: 'children' }))
    expect(events.flatMap((event) => (event.type === 'child' ? [event.seq] : []))).toEqual([1, 2, 3])
    expect(events.at(-1)).toMatchObject({ type: 'done' })
    expect(requests.map(({ url }) => url)).toEqual([
      'http://host:1/v1/runs/r_1/stream?include=children',
      'http://host:1/v1/runs/r_1/stream?from_seq=1&include=children',
    ])
  })
})

describe('an agent that is code', () => {
  test('is a version whose overlay is the code, and says whether that is new', async () => {
    const row = { name: 'adder', def_id: 'd_2', version: 2 }
    const { client, requests } = setUp((_, i) => json(i === 0 ? row : { ...row, deduplicated: true }))
    const code = 'function run() {}'
    expect(await client.ensureCodeAgent({ name: 'adder', code, tools: [], description: 'adds' })).toEqual({
      ...{ name: 'adder', defId: 'd_2', version: 2, changed: true },
    })
    expect(await client.ensureCodeAgent({ name: 'adder', code, tier: 'low', model: 'm' })).toMatchObject({
      changed: false,
    })
    expect(requests.map(({ url, body }) => [url, body])).toEqual([
      [
        'http://host:1/v1/_agentdef',
        {
          ...{ op: 'create', name: 'adder', description: 'adds' },
          overlay: { provider: 'code-js', code_body: code, tools: [] },
        },
      ],
      [
        'http://host:1/v1/_agentdef',
        { op: 'create', name: 'adder', overlay: { provider: 'code-js', code_body: code, tier: 'low', model: 'm' } },
      ],
    ])
  })
})
