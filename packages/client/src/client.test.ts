import { describe, expect, test } from 'vitest'
import { LoomcycleClient } from './client.ts'
import { AgentNotFoundError, AuthError, BackpressureError, NotFoundError, SubstrateToolRefusedError } from './errors.ts'
import { type Answer, collect, collectToFailure, json, plain, recordingFetch } from './testing/recording-fetch.ts'
import { broken, oldAgent, oldFrame, streamOf } from './testing/streams.ts'
import type { ContinueOptions, RunOptions } from './types.ts'

function setUp(answer: Answer, authToken: string | undefined = 'tok') {
  const { fetch, requests } = recordingFetch(answer)
  return { client: new LoomcycleClient({ baseUrl: 'http://host:1/', authToken, fetch }), requests }
}

const segments: RunOptions['segments'] = [{ role: 'user', content: [{ type: 'trusted-text', text: 'hi' }] }]
const nothing = () => streamOf([])

async function sent(opts: Partial<RunOptions>): Promise<unknown> {
  const { client, requests } = setUp(nothing)
  await collect(client.runStreaming({ agent: 'demo', segments, ...opts }))
  return requests[0]?.body
}

describe('runStreaming', () => {
  test('posts the run and yields its frames in order', async () => {
    const { client, requests } = setUp(() =>
      streamOf([oldFrame('started'), oldFrame('text', { text: 'a' }), oldFrame('done', { stop_reason: 'end_turn' })]),
    )
    expect(await collect(client.runStreaming({ agent: 'demo', segments, tools: ['Memory'] }))).toEqual([
      { type: 'started' },
      { type: 'text', text: 'a' },
      { type: 'done', stop_reason: 'end_turn' },
    ])
    expect(requests).toMatchObject([
      {
        method: 'POST',
        url: 'http://host:1/v1/runs',
        headers: {
          Accept: 'text/event-stream, application/json',
          Authorization: 'Bearer tok',
          'Content-Type': 'application/json',
        },
      },
    ])
    expect(requests[0]?.body).toEqual({ agent: 'demo', segments, tools: ['Memory'] })
  })

  test('asks nothing before its first item is asked for', async () => {
    const { client, requests } = setUp(nothing)
    const events = client.runStreaming({ agent: 'demo', segments })
    expect(requests).toHaveLength(0)
    await collect(events)
    expect(requests).toHaveLength(1)
  })

  test('sends every option under its wire name and nothing else', async () => {
    const all: Required<Omit<RunOptions, 'signal' | 'resume' | 'idempotencyKey'>> = {
      agent: 'demo',
      defId: 'd',
      segments,
      tools: [],
      allowedHosts: ['a.example'],
      webSearchFilter: 'drop',
      sessionId: 's',
      tenantId: 't',
      userId: 'u',
      agentId: 'a',
      userTier: 'gold',
      userBearer: 'b',
      userCredentials: { k: 'v' },
      parentContext: { function_key: 'f' },
      metadata: { m: 1 },
      runTimeoutSeconds: 0,
      sampling: { temperature: 0, topP: 1, topK: 2, frequencyPenalty: 3, presencePenalty: 4, seed: 5, stop: ['x'] },
      compaction: {
        enabled: false,
        targetPercentage: 1,
        keepLastN: 2,
        keepFirst: false,
        autocompactAtPct: 3,
        model: 'm',
      },
      interactive: true,
      debug: true,
    }
    expect(await sent(all)).toEqual({
      agent: 'demo',
      def_id: 'd',
      segments,
      tools: [],
      allowed_hosts: ['a.example'],
      web_search_filter: 'drop',
      session_id: 's',
      tenant_id: 't',
      user_id: 'u',
      agent_id: 'a',
      user_tier: 'gold',
      user_bearer: 'b',
      user_credentials: { k: 'v' },
      parent_context: { function_key: 'f' },
      metadata: { m: 1 },
      run_timeout_seconds: 0,
      sampling: {
        temperature: 0,
        top_p: 1,
        top_k: 2,
        frequency_penalty: 3,
        presence_penalty: 4,
        seed: 5,
        stop: ['x'],
      },
      compaction: {
        enabled: false,
        target_percentage: 1,
        keep_last_n: 2,
        keep_first: false,
        autocompact_at_pct: 3,
        model: 'm',
      },
      interactive: true,
    })
  })

  test('leaves out null hosts and sends an empty list: it denies all', async () => {
    expect(await sent({ allowedHosts: null })).toEqual({ agent: 'demo', segments })
    expect(await sent({ allowedHosts: [] })).toEqual({ agent: 'demo', segments, allowed_hosts: [] })
  })

  test('sends empty sampling and compaction as they are', async () => {
    expect(await sent({ sampling: {}, compaction: {} })).toEqual({
      agent: 'demo',
      segments,
      sampling: {},
      compaction: {},
    })
  })

  test('passes an image through unchanged', async () => {
    const image: RunOptions['segments'] = [
      { role: 'user', content: [{ type: 'image', media_type: 'image/png', data: 'iVBOR' }] },
    ]
    expect(await sent({ segments: image })).toEqual({ agent: 'demo', segments: image })
  })

  test('throws a typed error before the first item', async () => {
    const refused = setUp(() => plain('unauthorized\n', 401))
    expect(await collectToFailure(refused.client.runStreaming({ agent: 'demo', segments }))).toMatchObject({
      items: [],
      failure: expect.any(AuthError),
    })
    const busy = setUp(() => plain('busy', 429))
    const { failure } = await collectToFailure(busy.client.runStreaming({ agent: 'demo', segments, debug: true }))
    expect(failure).toBeInstanceOf(BackpressureError)
  })

  test('throws when a good answer has no body', async () => {
    const { client } = setUp(() => new Response(null, { status: 200 }))
    const { failure } = await collectToFailure(client.runStreaming({ agent: 'demo', segments }))
    expect((failure as Error).message).toMatch(/has no body$/)
  })

  test('takes a type from the event name, keeps null parents, unknown events and unknown members', async () => {
    const { client } = setUp(() =>
      streamOf([
        'event: session\ndata: {"text":"s_1"}\n\n',
        'event: agent\ndata: {"agent_id":"a_1","run_id":"r_1","session_id":"s_1","parent_agent_id":null}\n\n',
        'event: brand_new\ndata: {"type":"brand_new","x":1}\n\n',
        'event: one\ndata: {"type":"other"}\n\n',
        'data: {"y":2}\n\n',
      ]),
    )
    expect(await collect(client.runStreaming({ agent: 'demo', segments }))).toEqual([
      { type: 'session', text: 's_1' },
      { type: 'agent', agent_id: 'a_1', run_id: 'r_1', session_id: 's_1', parent_agent_id: null },
      { type: 'brand_new', x: 1 },
      { type: 'other' },
      { y: 2 },
    ])
  })

  test('skips what is not a JSON object and goes on', async () => {
    const { client } = setUp(() =>
      streamOf([
        'event: text\ndata: {"broken\n\n',
        'event: text\ndata: null\n\n',
        'event: text\ndata: 7\n\n',
        'event: text\n\n',
        ': keepalive\n\n',
        oldFrame('text', { text: 'a' }),
      ]),
    )
    expect(await collect(client.runStreaming({ agent: 'demo', segments }))).toEqual([{ type: 'text', text: 'a' }])
  })

  test('yields a run’s failure instead of throwing it', async () => {
    const { client } = setUp(() => streamOf([oldFrame('error', { error: 'openai: 500' })]))
    expect(await collect(client.runStreaming({ agent: 'demo', segments }))).toEqual([
      { type: 'error', error: 'openai: 500' },
    ])
  })

  test('hands the caller’s own signal to fetch', async () => {
    const { signal } = new AbortController()
    const { client, requests } = setUp(nothing)
    await collect(client.runStreaming({ agent: 'demo', segments, signal }))
    expect(requests[0]?.signal).toBe(signal)
  })
})

describe('debug', () => {
  test('marks where the stream opened and closed', async () => {
    const { client } = setUp(() => streamOf([oldFrame('started')]))
    for (const events of [
      client.runStreaming({ agent: 'demo', segments, debug: true }),
      client.continueSession({ sessionId: 's', segments, debug: true }),
    ]) {
      expect(await collect(events)).toEqual([
        { type: '_meta', meta_subtype: 'stream_open' },
        { type: 'started' },
        { type: '_meta', meta_subtype: 'stream_close', meta_reason: 'eof' },
      ])
    }
  })

  test('names a failure, then throws it', async () => {
    const { client } = setUp(() => streamOf([oldFrame('started')], 'break'))
    const { items, failure } = await collectToFailure(client.runStreaming({ agent: 'demo', segments, debug: true }))
    expect(failure).toBe(broken)
    expect(items.at(-1)).toEqual({ type: '_meta', meta_subtype: 'stream_close', meta_reason: 'TypeError' })
  })
})

describe('continueSession', () => {
  test('posts to the session, without what the session already knows', async () => {
    const { client, requests } = setUp(nothing)
    const opts: ContinueOptions = {
      sessionId: 'a b/c',
      segments,
      userCredentials: { k: 'v' },
      sampling: { temperature: 0 },
      compaction: { keepFirst: false },
      metadata: {},
    }
    await collect(client.continueSession(opts))
    expect(requests[0]?.path).toBe('/v1/sessions/a%20b%2Fc/messages')
    expect(requests[0]?.body).toEqual({
      segments,
      user_credentials: { k: 'v' },
      sampling: { temperature: 0 },
      compaction: { keep_first: false },
      metadata: {},
    })
  })
})

describe('runs by id', () => {
  test('streamRunByID asks from a seq only when there is one', async () => {
    const { client, requests } = setUp(nothing)
    await collect(client.streamRunByID('r_1', { fromSeq: 12 }))
    await collect(client.streamRunByID('r/1', { fromSeq: 0 }))
    expect(requests.map((r) => [r.method, r.path])).toEqual([
      ['GET', '/v1/runs/r_1/stream?from_seq=12'],
      ['GET', '/v1/runs/r%2F1/stream'],
    ])
    expect(requests[0]?.headers).not.toHaveProperty('Last-Event-ID')
  })

  test('streamRunByID yields replayed input', async () => {
    const steer = oldFrame('steer', { user_input: { text: 'hi', source: 'replay' } })
    const { client } = setUp(() => streamOf([oldAgent, steer]))
    expect(await collect(client.streamRunByID('r_1'))).toMatchObject([
      { type: 'agent' },
      { type: 'steer', user_input: { text: 'hi', source: 'replay' } },
    ])
  })

  test('sendRunInput posts the text, with its key when it has one', async () => {
    const { client, requests } = setUp(() => json({ run_id: 'r_1', delivered: true, input_id: 'i_1' }))
    expect(await client.sendRunInput('r 1', 'go on')).toEqual({ run_id: 'r_1', delivered: true, input_id: 'i_1' })
    await client.sendRunInput('r_1', 'go on', { idempotencyKey: 'k1' })
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/v1/runs/r%201/input', body: { text: 'go on' } })
    expect(requests[0]?.headers).not.toHaveProperty('Idempotency-Key')
    expect(requests[1]?.headers).toHaveProperty('Idempotency-Key', 'k1')
  })

  test('sendRunInput posts segments beside the text, or instead of it', async () => {
    const { client, requests } = setUp(() => json({ run_id: 'r_1', delivered: true, input_id: 'i_1' }))
    const image = { type: 'image', media_type: 'image/png', data: 'AAAA' } as const
    const segments = [{ role: 'user' as const, content: [image] }]
    await client.sendRunInput('r_1', { text: 'look', segments })
    await client.sendRunInput('r_1', { segments })
    expect(requests.map(({ body }) => body)).toEqual([{ text: 'look', segments }, { segments }])
  })

  test('cancelTurn posts the reason or nothing', async () => {
    const { client, requests } = setUp(() => json({ run_id: 'a/b', stopped: true, parked: true }))
    expect(await client.cancelTurn('a/b')).toEqual({ run_id: 'a/b', stopped: true, parked: true })
    await client.cancelTurn('a/b', { reason: 'enough' })
    expect(requests.map((r) => [r.path, r.body])).toEqual([
      ['/v1/runs/a%2Fb/cancel', {}],
      ['/v1/runs/a%2Fb/cancel', { reason: 'enough' }],
    ])
  })
})

describe('agents', () => {
  test('getAgent reads one', async () => {
    const { client, requests } = setUp(() => json({ agent_id: 'a_1' }))
    expect(await client.getAgent('a_1')).toEqual({ agent_id: 'a_1' })
    expect(requests[0]).toMatchObject({ method: 'GET', path: '/v1/agents/a_1', body: undefined })
    expect(requests[0]?.headers).toEqual({ Accept: 'application/json', Authorization: 'Bearer tok' })
    const missing = setUp(() => plain('no run found for agent_id "a_2"\n', 404))
    await expect(missing.client.getAgent('a_2')).rejects.toBeInstanceOf(AgentNotFoundError)
  })

  test('cancelAgent always sends a reason and reshapes the count', async () => {
    const { client, requests } = setUp(() => json({ cancelled: true, cancelled_count: 2 }))
    expect(await client.cancelAgent('a_1', { reason: 'bye' })).toEqual({ cancelledCount: 2 })
    await client.cancelAgent('a_1')
    expect(requests.map((r) => r.body)).toEqual([{ reason: 'bye' }, { reason: '' }])
    const old = setUp(() => json({ cancelled: true }))
    expect(await old.client.cancelAgent('a_1')).toEqual({ cancelledCount: undefined })
  })

  test('listUserAgents filters by state on the server and by parent here', async () => {
    const rows = [{ parent_agent_id: 'p' }, { parent_agent_id: null }, { parent_agent_id: 'q' }]
    const { client, requests } = setUp(() => json({ agents: rows }))
    expect(await client.listUserAgents('u/1', { status: 'running', tenant: 'acme' })).toHaveLength(3)
    expect(await client.listUserAgents('u', { parentAgentId: 'p' })).toEqual([rows[0]])
    expect(await client.listUserAgents('u', { parentAgentId: '' })).toHaveLength(3)
    expect(requests.map((r) => r.path)).toEqual([
      '/v1/users/u%2F1/agents?status=running&tenant=acme',
      '/v1/users/u/agents',
      '/v1/users/u/agents',
    ])
    expect(await setUp(() => json({ agents: null })).client.listUserAgents('u')).toEqual([])
  })

  test('runnableAgents reads the list', async () => {
    const { client, requests } = setUp(() => json({ agents: [{ name: 'demo', source: 'bundled' }] }))
    expect((await client.runnableAgents()).agents[0]?.name).toBe('demo')
    expect(requests[0]?.path).toBe('/v1/_runnable-agents')
  })
})

describe('sessions', () => {
  test('getTranscript returns what the server sent, whole or a page', async () => {
    const transcript = { session: { id: 's' }, events: [], extra: 1 }
    const { client, requests } = setUp(() => json(transcript))
    expect(await client.getTranscript('s 1')).toEqual(transcript)
    await client.getTranscript('s', { limit: 50, beforeSeq: 200 })
    expect(requests.map((r) => r.path)).toEqual([
      '/v1/sessions/s%201/transcript',
      '/v1/sessions/s/transcript?limit=50&before_seq=200',
    ])
  })

  test('history posts its input verbatim', async () => {
    const { client, requests } = setUp(() => json({ scope: 'self', chats: [] }))
    const input = { op: 'pin', session_id: 's', pinned: false, extra: 1 } as const
    await client.history(input)
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/v1/_history', body: input })
    const refusing = setUp(() => json({ code: 'tool_refused', error: 'pin: no such chat', tool: 'History' }, 422))
    const failure = await refusing.client.history(input).catch((err: unknown) => err)
    expect(failure).toBeInstanceOf(SubstrateToolRefusedError)
    expect(failure).toMatchObject({ tool: 'History', message: 'pin: no such chat', code: 'tool_refused', status: 422 })
  })
})

describe('identity', () => {
  test('health and whoami read their routes, with the token', async () => {
    const { client, requests } = setUp(() => json({ ok: true }))
    await client.health()
    await client.whoami()
    expect(requests.map((r) => [r.path, r.headers.Authorization])).toEqual([
      ['/healthz', 'Bearer tok'],
      ['/v1/_me', 'Bearer tok'],
    ])
  })

  test('login turns a token into a cookie, logout drops it', async () => {
    const { client, requests } = setUp(() => new Response(null, { status: 204 }), '')
    await expect(client.login('secret')).resolves.toBeUndefined()
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/ui/session', body: undefined })
    expect(requests[0]?.headers.Authorization).toBe('Bearer secret')
    const redirecting = setUp(() => new Response(null, { status: 302, headers: { Location: '/ui/login' } }))
    await expect(redirecting.client.logout()).resolves.toBeUndefined()
    const refusing = setUp(() => json({ code: 'cross_site_login_refused', error: 'no' }, 403))
    await expect(refusing.client.login('x')).rejects.toMatchObject({ status: 403, code: 'cross_site_login_refused' })
  })

  test('browsers that are signed in are listed, and signed out one by one or together', async () => {
    const { client, requests } = setUp(() => json({ sessions: [], ended: 2 }))
    expect(await client.listBrowserSessions()).toMatchObject({ sessions: [] })
    expect(await client.endBrowserSession('bs_1/x')).toBeUndefined()
    expect(await client.endBrowserSessions()).toMatchObject({ ended: 2 })
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/_browser_sessions',
      'DELETE /v1/_browser_sessions/bs_1%2Fx',
      'DELETE /v1/_browser_sessions',
    ])
  })
})

describe('every call', () => {
  test('goes to the default address without a token', async () => {
    const { fetch, requests } = recordingFetch(() => json({}))
    await new LoomcycleClient({ fetch, authToken: '' }).whoami()
    expect(requests[0]?.url).toBe('http://127.0.0.1:8787/v1/_me')
    expect(requests[0]?.headers).not.toHaveProperty('Authorization')
  })

  test('removes one trailing slash of the address', async () => {
    const { fetch, requests } = recordingFetch(() => json({}))
    await new LoomcycleClient({ fetch, baseUrl: 'http://h//' }).whoami()
    expect(requests[0]?.url).toBe('http://h//v1/_me')
  })

  test('calls fetch unbound, as a browser insists', async () => {
    let self: unknown = 'never called'
    const strict = function (this: unknown) {
      self = this
      return Promise.resolve(json({}))
    } as typeof fetch
    await new LoomcycleClient({ fetch: strict }).whoami()
    expect(self).toBeUndefined()
  })

  test('hands on the caller’s signal and rejects with its reason', async () => {
    const { client, requests } = setUp(() => json({}))
    const controller = new AbortController()
    await client.whoami({ signal: controller.signal })
    expect(requests[0]?.signal).toBe(controller.signal)
    controller.abort()
    await expect(client.whoami({ signal: controller.signal })).rejects.toBe(controller.signal.reason)
  })

  test('rejects, rather than throws, when an argument cannot be written in an address', async () => {
    const { client, requests } = setUp(() => json({}))
    await expect(client.getAgent('\ud800')).rejects.toBeInstanceOf(URIError)
    expect((await collectToFailure(client.streamRunByID('\ud800'))).failure).toBeInstanceOf(URIError)
    expect(requests).toHaveLength(0)
  })

  test('rejects with the platform’s error where an answer should be JSON and is empty', async () => {
    await expect(setUp(() => new Response('')).client.whoami()).rejects.toBeInstanceOf(SyntaxError)
  })

  test('is made once: a network failure is handed on as it is', async () => {
    const failure = new TypeError('fetch failed')
    const { client, requests } = setUp(() => Promise.reject(failure))
    await expect(client.sendRunInput('r', 'x')).rejects.toBe(failure)
    expect(requests).toHaveLength(1)
  })

  test('maps a missing run to NotFoundError', async () => {
    const { client } = setUp(() => plain('no in-flight run for that run_id\n', 404))
    const failure = await client.sendRunInput('r', 'x').catch((err: unknown) => err)
    expect((failure as Error).constructor).toBe(NotFoundError)
  })
})
