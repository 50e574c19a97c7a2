import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LoomcycleClient } from './client.ts'
import { AuthError, NotFoundError } from './errors.ts'
import type { ResumeOptions, StreamStatus } from './resume.ts'
import { type Cut, fakeRun, numbered, openingOf, talk, toFrame } from './testing/fake-run.ts'
import { type Answer, collect, collectToFailure, plain, recordingFetch } from './testing/recording-fetch.ts'
import {
  agent,
  broken,
  byteLength,
  firstBytes,
  frame,
  keepalive,
  oldAgent,
  oldFrame,
  session,
  streamOf,
} from './testing/streams.ts'
import { TestEnvironment } from './testing/test-environment.ts'
import type { AgentEvent } from './types.ts'

const hello = { agent: 'demo', segments: [] }
const greeting: AgentEvent[] = [
  { type: 'session', text: 's_1', session_id: 's_1' },
  { type: 'agent', agent_id: 'a_1', run_id: 'r_1', session_id: 's_1' },
]

function setUp(answer: Answer, resume: boolean | ResumeOptions = true) {
  const environment = new TestEnvironment()
  const statuses: StreamStatus[] = []
  const { fetch, requests } = recordingFetch(answer)
  const withStatus = typeof resume === 'object' || resume ? { onStatus: (s: StreamStatus) => statuses.push(s) } : {}
  const options = resume === false ? false : { ...withStatus, ...(typeof resume === 'object' ? resume : {}) }
  const client = new LoomcycleClient({ fetch, environment, resume: options })
  return { client, environment, requests, statuses }
}

const wholeText = session + agent + talk.map(toFrame).join('')

describe('a stream cut once', () => {
  const frameEnds = [...wholeText.matchAll(/\n\n/g)].map(({ index }) => byteLength(wholeText.slice(0, index + 2)))
  const knownFrom = frameEnds[1] ?? 0

  for (const ending of ['end', 'break'] as const) {
    test(`after any frame (${ending}) is one conversation`, async () => {
      for (const at of frameEnds.slice(1)) {
        const { client } = setUp(fakeRun(talk, (n) => (n === 0 ? { at, ending } : undefined)))
        expect(await collect(client.runStreaming(hello))).toEqual([...greeting, ...talk])
      }
    })

    test(`after any byte (${ending}) is one conversation`, async () => {
      for (let at = knownFrom; at <= byteLength(wholeText); at++) {
        const { client } = setUp(fakeRun(talk, (n) => (n === 0 ? { at, ending } : undefined)))
        expect(await collect(client.runStreaming(hello))).toEqual([...greeting, ...talk])
      }
    })
  }

  test('before the run is known is thrown, and the run is not started again', async () => {
    for (let at = 0; at < knownFrom; at++) {
      const { client, requests } = setUp(fakeRun(talk, () => ({ at, ending: 'break' })))
      const { items, failure } = await collectToFailure(client.runStreaming(hello))
      expect(failure).toBe(broken)
      expect(items).toEqual(greeting.slice(0, at >= (frameEnds[0] ?? 0) ? 1 : 0))
      expect(requests.map((r) => r.method)).toEqual(['POST'])
    }
  })
})

test('a stream cut again and again at random is one conversation', async () => {
  const first = byteLength(session + agent)
  const cut = fc.record<Cut>({ at: fc.integer({ min: 0, max: 900 }), ending: fc.constantFrom('break') })
  await fc.assert(
    fc.asyncProperty(fc.array(cut, { maxLength: 12 }), async (cuts) => {
      const cutOf = (n: number) => {
        const given = cuts[n]
        return given && n === 0 ? { ...given, at: (given.at ?? 0) + first } : given
      }
      const { client } = setUp(fakeRun(talk, cutOf))
      expect(await collect(client.runStreaming(hello))).toEqual([...greeting, ...talk])
    }),
    { numRuns: 300 },
  )
})

test('a continued session and a run attached to resume in the same way', async () => {
  const cutOf = (n: number): Cut | undefined =>
    n === 0 ? { at: byteLength(wholeText) - 150, ending: 'break' } : undefined
  const continued = setUp(fakeRun(talk, cutOf))
  expect(await collect(continued.client.continueSession({ sessionId: 's_1', segments: [] }))).toEqual([
    ...greeting,
    ...talk,
  ])
  const attached = setUp(fakeRun(talk, (n) => (n === 0 ? { at: 300, ending: 'break' } : undefined)))
  expect(await collect(attached.client.streamRunByID('r_1', { fromSeq: 9 }))).toEqual([
    ...greeting.slice(1),
    ...talk.slice(2),
  ])
})

test('a run attached to whose connection breaks before anything came is asked for again', async () => {
  for (let at = 0; at <= byteLength(agent); at++) {
    const { client } = setUp(fakeRun(talk, (n) => (n === 0 ? { at, ending: 'break' } : undefined)))
    expect(await collect(client.streamRunByID('r_1', { fromSeq: 9 }))).toEqual([...greeting.slice(1), ...talk.slice(2)])
  }
})

test('asks for what comes after the last event, by query and by header', async () => {
  const cut = byteLength(session + agent + talk.slice(0, 3).map(toFrame).join(''))
  const { client, environment, requests } = setUp(
    fakeRun(talk, (n) => (n === 0 ? { at: cut, ending: 'break' } : undefined)),
  )
  await collect(client.runStreaming(hello))
  expect(environment.watched + environment.listeners).toBe(0)
  expect(requests[1]).toMatchObject({ method: 'GET', path: '/v1/runs/r_1/stream?from_seq=10' })
  expect(requests[1]?.headers).toEqual({ Accept: 'text/event-stream, application/json', 'Last-Event-ID': '10' })
})

test('the cursor survives a second break before any new event', async () => {
  const { client, requests } = setUp((_, n) => {
    if (n === 0) return streamOf([agent, frame('text', { text: 'a' }, 41)], 'break')
    if (n === 1) return streamOf([agent], 'break')
    return streamOf([agent, frame('done', { stop_reason: 'end_turn' }, 42)])
  })
  const events = await collect(client.streamRunByID('r_1'))
  expect(events.map((e) => e.seq)).toEqual([undefined, 41, 42])
  expect(requests.map((r) => r.path)).toEqual([
    '/v1/runs/r_1/stream',
    '/v1/runs/r_1/stream?from_seq=41',
    '/v1/runs/r_1/stream?from_seq=41',
  ])
})

test('frames that were delivered before are dropped', async () => {
  const all = talk.map(toFrame).join('')
  const { client } = setUp((_, n) =>
    n === 0 ? streamOf([session, agent, all.slice(0, 300)], 'break') : streamOf([session, agent, all, all]),
  )
  expect(await collect(client.runStreaming(hello))).toEqual([...greeting, ...talk])
})

test('the turn that was just sent is not told again, but what was sent since is', async () => {
  const steered = frame('steer', { user_input: { text: 'wait', source: 'replay', input_id: 'in_1' } }, 8)
  const older = frame('steer', { user_input: { text: 'and', source: 'replay' } }, 9)
  const replay = [agent, toFrame(openingOf(talk)), steered, older, frame('done', { stop_reason: 'end_turn' }, 10)]
  const types = async (events: AsyncIterable<AgentEvent>) => (await collect(events)).map((e) => e.type)
  const answer: Answer = (_, n) => (n === 0 ? streamOf([session, agent], 'break') : streamOf(replay))
  const started = setUp(answer).client.runStreaming(hello)
  expect(await types(started)).toEqual(['session', 'agent', 'steer', 'steer', 'done'])
  const continued = setUp(answer).client.continueSession({ sessionId: 's_1', segments: [], interactive: true })
  expect(await types(continued)).toEqual(['session', 'agent', 'steer', 'steer', 'done'])
  const attached = setUp(answer).client.streamRunByID('r_1')
  expect(await types(attached)).toEqual(['session', 'agent', 'steer', 'steer', 'steer', 'done'])
})

test('numbers are enough, whatever the agent frame looks like', async () => {
  const { client } = setUp((_, n) =>
    n === 0
      ? streamOf([oldAgent, frame('text', { text: 'a' }, 8)], 'break')
      : streamOf([oldAgent, frame('done', {}, 9)]),
  )
  expect((await collect(client.streamRunByID('r_1'))).map((e) => e.type)).toEqual(['agent', 'text', 'done'])
})

test('a frame cut off before its number is not delivered twice', async () => {
  const late = (type: string, seq: number) => `event: ${type}\ndata: {"type":"${type}"}\nid: ${seq}\n\n`
  const text = agent + late('started', 8) + late('done', 9)
  const cuts = byteLength(text) - byteLength(agent)
  for (let left = 0; left < cuts; left++) {
    const { client } = setUp((_, n) => streamOf([n === 0 ? text.slice(0, text.length - left) : text]))
    expect((await collect(client.streamRunByID('r_1'))).map((e) => e.seq)).toEqual([undefined, 8, 9])
  }
})

test('a notice is passed on wherever the stream is, and moves nothing', async () => {
  const notice = frame('notice', { code: 'store_unavailable', text: 'The disk is full.' }, 8)
  const { client, requests } = setUp((_, n) =>
    n === 0
      ? streamOf([agent, frame('text', { text: 'a' }, 8), notice], 'break')
      : streamOf([agent, notice, frame('done', { stop_reason: 'end_turn' }, 9)]),
  )
  const events = await collect(client.streamRunByID('r_1'))
  expect(events.map(({ type, seq }) => [type, seq])).toEqual([
    ['agent', undefined],
    ['text', 8],
    ['notice', undefined],
    ['notice', undefined],
    ['done', 9],
  ])
  expect(requests[1]?.url).toContain('from_seq=8')
})

test('a gap is passed on: what is missing is never silent', async () => {
  const gap = frame('gap', { gap: { oldest_seq: 50 } })
  const { client } = setUp((_, n) =>
    n === 0
      ? streamOf([agent, frame('text', { text: 'a' }, 8)], 'break')
      : streamOf([agent, gap, frame('done', { stop_reason: 'end_turn' }, 51)]),
  )
  const types = (await collect(client.streamRunByID('r_1'))).map((e) => e.type)
  expect(types).toEqual(['agent', 'text', 'gap', 'done'])

  const first = setUp((_, n) =>
    n === 0 ? streamOf([agent, gap], 'break') : streamOf([agent, gap, frame('done', {}, 51)]),
  )
  const gaps = (await collect(first.client.streamRunByID('r_1', { fromSeq: 3 }))).filter((e) => e.type === 'gap')
  expect(gaps).toHaveLength(2)
})

describe('the end of a run', () => {
  const run = (last: AgentEvent) => numbered([{ type: 'started' }, last])

  test('is a done: nothing more is asked', async () => {
    const { client, requests, statuses } = setUp(fakeRun(talk, () => undefined))
    await collect(client.runStreaming(hello))
    expect(requests).toHaveLength(1)
    expect(statuses).toEqual(['live', 'ended'])
  })

  test('is a done even when the connection breaks behind it', async () => {
    const { client, requests } = setUp(fakeRun(talk, () => ({ ending: 'break' })))
    expect(await collect(client.runStreaming(hello))).toEqual([...greeting, ...talk])
    expect(requests).toHaveLength(1)
  })

  test('is an error once the server has nothing after it', async () => {
    const events = run({ type: 'error', error: 'openai: 500' })
    const { client, requests } = setUp(fakeRun(events, () => undefined))
    expect(await collect(client.runStreaming(hello))).toEqual([...greeting, ...events])
    expect(requests).toHaveLength(2)
  })

  test('is nothing else: a server that says so twice has broken off', async () => {
    const events = run({ type: 'text', text: 'cut off' })
    const { client, requests, environment } = setUp(fakeRun(events, () => undefined))
    const seen: unknown[] = []
    const reading = async () => {
      for await (const event of client.runStreaming(hello)) seen.push(event)
    }
    await expect(reading()).rejects.toThrow(/^the stream of run r_1 broke off after event \d+, which is not its end$/)
    expect(seen).toEqual([...greeting, ...events])
    expect(requests).toHaveLength(3)
    expect(environment.sleeps).toEqual([250])
  })

  test('is not a quiet connection that lasted', async () => {
    const parked = frame('awaiting_input', { awaiting_input: { since_turn: 1 } }, 8)
    const { client, environment, requests } = setUp((_, n) => {
      if (n === 0) return streamOf([agent, parked])
      if (n === 5) return streamOf([agent, frame('done', { stop_reason: 'cancelled' }, 9)])
      return streamOf([agent, minuteLater])
    })
    const minuteLater = () => {
      environment.time += 60_000
      return keepalive
    }
    expect((await collect(client.streamRunByID('r_1'))).map((e) => e.type)).toEqual(['agent', 'awaiting_input', 'done'])
    expect(requests).toHaveLength(6)
  })
})

describe('coming back', () => {
  const first = () => streamOf([session, agent, toFrame(talk[0] as AgentEvent)], 'break')

  test('is tried at once, then less and less often, and reported', async () => {
    const { client, environment, statuses } = setUp((request, n) => {
      if (n === 0) return first()
      if (n < 10) throw new TypeError('fetch failed')
      return fakeRun(talk, () => undefined)(request, n)
    })
    expect(await collect(client.runStreaming(hello))).toEqual([...greeting, ...talk])
    expect(environment.sleeps).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000])
    expect(statuses).toEqual(['live', 'reconnecting', 'live', 'ended'])
  })

  test('starts over after progress', async () => {
    const { client, environment } = setUp((_, n) =>
      streamOf([agent, frame(n === 4 ? 'done' : 'text', {}, n + 1)], n === 4 ? 'end' : 'break'),
    )
    expect(await collect(client.streamRunByID('r_1'))).toHaveLength(6)
    expect(environment.sleeps).toEqual([])
  })

  test('does not hammer a server that accepts and drops', async () => {
    const { client, environment } = setUp((_, n) => (n === 0 ? first() : streamOf([agent], 'break')), {
      maxAttempts: 4,
    })
    const { failure } = await collectToFailure(client.runStreaming(hello))
    expect(failure).toBe(broken)
    expect(environment.sleeps).toEqual([250, 500, 1000])
  })

  test('survives 429, 408 and 5xx, and waits as long as it is told', async () => {
    const answers = [
      () => plain('slow down\n', 429, { 'Retry-After': '3' }),
      () => plain('late\n', 408),
      () => plain('bad gateway', 502),
      () => plain('shutting down', 503),
    ]
    const { client, environment } = setUp((request, n) =>
      n === 0 ? first() : (answers[n - 1]?.() ?? fakeRun(talk, () => undefined)(request, n)),
    )
    expect(await collect(client.runStreaming(hello))).toEqual([...greeting, ...talk])
    expect(environment.sleeps).toEqual([3000, 500, 1000, 2000])
  })

  test('takes a sign-in page for a failure, not for the end', async () => {
    const page = () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } })
    const { client } = setUp((request, n) =>
      n === 0 ? first() : n < 4 ? page() : fakeRun(talk, () => undefined)(request, n),
    )
    expect(await collect(client.runStreaming(hello))).toEqual([...greeting, ...talk])
  })

  test('ends with the typed error where the server refuses', async () => {
    const refusals = [
      [() => plain('unauthorized\n', 401), AuthError],
      [() => plain('no such run\n', 404, { 'Loomcycle-Error': 'run_not_found' }), NotFoundError],
    ] as const
    for (const [answer, Class] of refusals) {
      const { client, requests, statuses } = setUp((_, n) => (n === 0 ? first() : answer()))
      const { items, failure } = await collectToFailure(client.runStreaming(hello))
      expect(items).toHaveLength(3)
      expect(failure).toBeInstanceOf(Class)
      expect(requests).toHaveLength(2)
      expect(statuses).toEqual(['live', 'reconnecting', 'ended'])
    }
  })

  test('gives up after so many attempts, with the last failure', async () => {
    const { client, requests } = setUp((_, n) => (n === 0 ? first() : plain('down', 503)), { maxAttempts: 3 })
    const { failure } = await collectToFailure(client.runStreaming(hello))
    expect(failure).toMatchObject({ name: 'UnavailableError', status: 503 })
    expect(requests).toHaveLength(4)
  })

  test('waits as long as it is told only for the next attempt', async () => {
    const { client, environment } = setUp((request, n) => {
      if (n === 0) return first()
      if (n === 1) return plain('slow down\n', 429, { 'Retry-After': '9' })
      if (n === 2) throw new TypeError('fetch failed')
      return fakeRun(talk, () => undefined)(request, n)
    })
    await collect(client.runStreaming(hello))
    expect(environment.sleeps).toEqual([9000, 500])
  })

  test('can be turned off for a stream', async () => {
    const { client, requests } = setUp(() => first())
    const { failure } = await collectToFailure(client.runStreaming({ ...hello, resume: false }))
    expect(failure).toBe(broken)
    expect(requests).toHaveLength(1)
  })

  test('can be turned off for a client and on again for a stream', async () => {
    const answer: Answer = (request, n) => (n === 0 ? first() : fakeRun(talk, () => undefined)(request, n))
    const off = setUp(answer, false)
    expect((await collectToFailure(off.client.runStreaming(hello))).failure).toBe(broken)
    const on = setUp(answer, false)
    expect(await collect(on.client.runStreaming({ ...hello, resume: true }))).toEqual([...greeting, ...talk])
  })

  test('keeps _meta to the ends of the whole stream', async () => {
    const { client } = setUp((request, n) => (n === 0 ? first() : fakeRun(talk, () => undefined)(request, n)))
    const events = await collect(client.runStreaming({ ...hello, debug: true }))
    expect(events[0]).toEqual({ type: '_meta', meta_subtype: 'stream_open' })
    expect(events.slice(1, -1)).toEqual([...greeting, ...talk])
    expect(events.at(-1)).toEqual({ type: '_meta', meta_subtype: 'stream_close', meta_reason: 'eof' })
  })
})

describe('a server that does not number its frames', () => {
  const old = [oldFrame('session', { text: 's_1' }), oldAgent, oldFrame('started'), oldFrame('text', { text: 'a' })]

  test('has its stream end where the body ends', async () => {
    for (let n = 0; n <= old.length; n++) {
      const { client, requests } = setUp(() => streamOf(old.slice(0, n)))
      expect(await collect(client.runStreaming(hello))).toHaveLength(n)
      expect(requests).toHaveLength(1)
    }
  })

  test('has its failures thrown as they are', async () => {
    for (let n = 0; n <= old.length; n++) {
      const { client, requests } = setUp(() => streamOf(old.slice(0, n), 'break'))
      const { items, failure } = await collectToFailure(client.runStreaming(hello))
      expect(items).toHaveLength(n)
      expect(failure).toBe(broken)
      expect(requests).toHaveLength(1)
    }
  })

  test('is not watched', async () => {
    const { client, environment } = setUp(() => streamOf(old, 'hang'))
    const stream = client.runStreaming(hello)[Symbol.asyncIterator]()
    for (let n = 0; n < 4; n++) await stream.next()
    void stream.next()
    await settle()
    expect(environment.watched).toBe(0)
  })

  test('may say anything twice', async () => {
    const { client } = setUp(() => streamOf([oldAgent, oldAgent]))
    expect(await collect(client.runStreaming(hello))).toHaveLength(2)
  })

  test('is known by its events even where its agent frame has a type', async () => {
    const { client, requests } = setUp(() => streamOf([agent, frame('text', { text: 'a' })], 'break'))
    expect((await collectToFailure(client.streamRunByID('r_1'))).failure).toBe(broken)
    expect(requests).toHaveLength(1)
  })
})

describe('silence', () => {
  test('for too long counts as a broken connection', async () => {
    let cancelled = 0
    const { client, environment } = setUp((request, n) =>
      n === 0
        ? streamOf([session, agent, toFrame(talk[0] as AgentEvent)], 'hang', () => cancelled++)
        : fakeRun(talk, () => undefined)(request, n),
    )
    const all = collect(client.runStreaming(hello))
    await settle()
    environment.expireWatchdogs()
    expect(await all).toEqual([...greeting, ...talk])
    expect(cancelled).toBe(1)
  })

  test('of a re-attach that never answers is broken off too', async () => {
    const { client, environment, requests } = setUp((request, n) => {
      if (n === 0) return streamOf([session, agent], 'break')
      if (n === 1) return new Promise<Response>(() => {})
      return fakeRun(talk, () => undefined)(request, n)
    })
    const all = collect(client.runStreaming(hello))
    await settle()
    environment.expireWatchdogs()
    expect(await all).toEqual([...greeting, ...talk])
    expect(requests[1]?.signal?.aborted).toBe(true)
  })

  test('broken by an answer that comes too late leaves nothing open', async () => {
    let answerLate = (_: Response) => {}
    let cancelled = 0
    const { client, environment } = setUp((request, n) => {
      if (n === 0) return streamOf([session, agent], 'break')
      if (n > 1) return fakeRun(talk, () => undefined)(request, n)
      return new Promise<Response>((resolve) => {
        answerLate = resolve
      })
    })
    const all = collect(client.runStreaming(hello))
    await settle()
    environment.expireWatchdogs()
    await all
    answerLate(streamOf([agent], 'hang', () => cancelled++))
    await settle()
    expect(cancelled).toBe(1)
  })

  test('broken by keepalives is no silence', async () => {
    const { client, environment, requests } = setUp(() =>
      streamOf([session, agent, ...Array(20).fill(keepalive)], 'hang'),
    )
    void collect(client.runStreaming(hello)).catch(() => {})
    await settle()
    expect(environment.watched).toBe(1)
    expect(requests).toHaveLength(1)
  })
})

describe('waking up', () => {
  test('cuts a wait short', async () => {
    let down = true
    const { client, environment } = setUp((request, n) => {
      if (n === 0) return streamOf([session, agent], 'break')
      if (down) throw new TypeError('fetch failed')
      return fakeRun(talk, () => undefined)(request, n)
    })
    environment.drowsy = true
    const all = collect(client.runStreaming(hello))
    await settle()
    expect(environment.sleeps).toEqual([250])
    environment.wake()
    await settle()
    expect(environment.sleeps).toEqual([250, 250])
    down = false
    environment.wake()
    expect(await all).toEqual([...greeting, ...talk])
  })

  test('replaces a connection that has been silent for a while, and only such a one', async () => {
    const { client, environment, requests } = setUp((request, n) =>
      n === 0 ? streamOf([session, agent], 'hang') : fakeRun(talk, () => undefined)(request, n),
    )
    const all = collect(client.runStreaming(hello))
    await settle()
    environment.time += 10_000
    environment.wake()
    await settle()
    expect(requests).toHaveLength(1)
    environment.time += 20_000
    environment.wake()
    expect(await all).toEqual([...greeting, ...talk])
  })

  test('replaces a connection at once that was cut with the network, or while the page was frozen', async () => {
    const { client, environment } = setUp((request, n) =>
      n === 0 ? streamOf([session, agent], 'hang') : fakeRun(talk, () => undefined)(request, n),
    )
    const all = collect(client.runStreaming(hello))
    await settle()
    environment.wake(true)
    expect(await all).toEqual([...greeting, ...talk])
  })

  test('leaves alone a connection that is opening, even after one was cut', async () => {
    let open = (_: Response) => {}
    const opening = new Promise<Response>((resolve) => (open = resolve))
    const { client, environment, requests } = setUp((_, n) => (n === 0 ? streamOf([session, agent], 'break') : opening))
    const all = collect(client.runStreaming(hello))
    await settle()
    environment.wake(true)
    await settle()
    expect(requests).toHaveLength(2)
    open(await fakeRun(talk, () => undefined)(requests[1]!, 1))
    expect(await all).toEqual([...greeting, ...talk])
  })

  test('leaves alone what has just spoken, or has just been asked', async () => {
    let say = (_: string) => {}
    let end = () => {}
    const { client, environment, requests } = setUp((_, n) => {
      if (n > 0) return new Promise<Response>(() => {})
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          say = (text) => controller.enqueue(new TextEncoder().encode(text))
          end = () => controller.error(broken)
        },
      })
      return new Response(body)
    })
    const controller = new AbortController()
    void collect(client.runStreaming({ ...hello, signal: controller.signal })).catch(() => {})
    await settle()
    say(session + agent)
    environment.time += 40_000
    say(keepalive)
    await settle()
    environment.wake()
    await settle()
    expect(requests).toHaveLength(1)

    environment.time += 40_000
    end()
    await settle()
    environment.wake()
    await settle()
    expect(requests).toHaveLength(2)
    controller.abort()
  })
})

describe('leaving', () => {
  const hanging = (onCancel: () => void) => streamOf([session, agent, toFrame(talk[0] as AgentEvent)], 'hang', onCancel)

  test('the loop early cancels the body and lets go of everything', async () => {
    let cancelled = 0
    const { client, environment, statuses } = setUp(() => hanging(() => cancelled++))
    for await (const event of client.runStreaming(hello)) if (event.type === 'started') break
    expect(cancelled).toBe(1)
    expect(environment.watched + environment.listeners).toBe(0)
    expect(statuses).toEqual(['live', 'ended'])
  })

  test('at the first debug item cancels the body too', async () => {
    let cancelled = 0
    const { client } = setUp(() => hanging(() => cancelled++))
    for await (const _ of client.runStreaming({ ...hello, debug: true })) break
    expect(cancelled).toBe(1)
  })

  test.each([undefined, new Error('enough')])(
    'by abort (%s) in mid-stream throws the reason at once',
    async (reason) => {
      let cancelled = 0
      const controller = new AbortController()
      const { client, environment, requests, statuses } = setUp(() => hanging(() => cancelled++))
      const all = collectToFailure(client.runStreaming({ ...hello, signal: controller.signal }))
      await settle()
      controller.abort(reason)
      const { items, failure } = await all
      expect(items).toHaveLength(3)
      expect(failure).toBe(controller.signal.reason)
      expect(cancelled).toBe(1)
      expect(requests).toHaveLength(1)
      expect(statuses).toEqual(['live', 'ended'])
      expect(environment.watched + environment.listeners).toBe(0)
    },
  )

  test('by abort while waiting to come back throws at once', async () => {
    const controller = new AbortController()
    const { client, environment, requests } = setUp((_, n) => {
      if (n === 0) return streamOf([session, agent], 'break')
      throw new TypeError('fetch failed')
    })
    environment.drowsy = true
    const all = collectToFailure(client.runStreaming({ ...hello, signal: controller.signal }))
    await settle()
    controller.abort(new Error('enough'))
    expect((await all).failure).toMatchObject({ message: 'enough' })
    expect(requests).toHaveLength(2)
  })

  test('by abort while a re-attach is under way aborts it', async () => {
    const controller = new AbortController()
    const { client, requests } = setUp((_, n) =>
      n === 0 ? streamOf([session, agent], 'break') : new Promise<Response>(() => {}),
    )
    const all = collectToFailure(client.runStreaming({ ...hello, signal: controller.signal }))
    await settle()
    controller.abort()
    expect((await all).failure).toBe(controller.signal.reason)
    expect(requests[1]?.signal?.aborted).toBe(true)
  })

  test('by abort between two items of one chunk stops there', async () => {
    const controller = new AbortController()
    const { client } = setUp(() => streamOf([wholeText]))
    const seen: string[] = []
    await expect(async () => {
      for await (const event of client.runStreaming({ ...hello, signal: controller.signal })) {
        seen.push(event.type)
        if (event.type === 'started') controller.abort()
      }
    }).rejects.toThrow()
    expect(seen).toEqual(['session', 'agent', 'started'])
  })

  test('an AbortError of the transport is somebody else’s wish and is not resumed', async () => {
    const abort = new DOMException('This operation was aborted', 'AbortError')
    const { client, requests } = setUp(() => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(agent + toFrame(talk[0] as AgentEvent)))
        },
        pull(controller) {
          controller.error(abort)
        },
      })
      return new Response(body)
    })
    const { failure } = await collectToFailure(client.streamRunByID('r_1'))
    expect(failure).toBe(abort)
    expect(requests).toHaveLength(1)
  })
})

/** Lets everything that can go on without time passing go on. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}

describe('a message that a run which was there has taken in', () => {
  const said: AgentEvent = { type: 'steer', user_input: { text: 'hi', source: 'replay', input_id: 'i_1' } }
  const other: AgentEvent = { type: 'steer', user_input: { text: 'me too', source: 'replay', input_id: 'i_2' } }
  const log = numbered([{ type: 'text', text: 'before' }, said, ...talk.slice(0, 4), other, ...talk.slice(4)], 0)
  const greeted = session + agent.replace('event: agent\ndata: {', 'id: 1\nevent: agent\ndata: {"input_id":"i_1",')
  const told = log.filter(({ user_input }) => user_input?.input_id !== 'i_1')

  test('is told from there on, wherever the stream is cut, and not told itself', async () => {
    const whole = greeted + told.slice(1).map(toFrame).join('')
    for (let cut = byteLength(greeted); cut <= byteLength(whole); cut++) {
      const { client } = setUp(({ method, url }) => {
        if (method === 'POST') return streamOf([firstBytes(whole, cut)], 'break')
        const from = Number(new URL(url).searchParams.get('from_seq'))
        return streamOf(
          [
            agent +
              log
                .filter(({ seq = 0 }) => seq > from)
                .map(toFrame)
                .join(''),
          ],
          'end',
        )
      })
      const events = await collect(client.continueSession({ sessionId: 's_1', segments: [], interactive: true }))
      expect(events.slice(2)).toEqual(told.slice(1))
    }
  })
})
