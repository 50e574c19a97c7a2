import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOpenAi } from '../src/models/providers/openai/index.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import {
  type FakeUpstream,
  openaiText,
  openaiToolCall,
  openaiTurn,
  sseReply,
  startFakeUpstream,
  statusReply,
} from '../src/testing/fake-upstream.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const agents = { asked: { provider: 'openai', model: 'some-model' } }

let upstream: FakeUpstream
beforeEach(async () => {
  upstream = await startFakeUpstream()
})
afterEach(() => upstream.close())

const start = () => startRuntime({ providers: [createOpenAi({ baseUrl: upstream.url })], agents })

describe('a conversation with a service that speaks the protocol its own way', () => {
  it.each([
    ['marks its thinking', ['<think>', 'I greet back.', '</think>\n\n', 'Hello.']],
    ['only says where its thinking ends', ['I greet ', 'back.', '\n</think>\n\n', 'Hello.']],
  ])('keeps the thinking of a model that %s out of the answer and of the next request', async (_, text) => {
    upstream.enqueue(openaiText(text), openaiText('And hello again.'))
    const runtime = await start()
    const talk = converse(clientOf(runtime), 'asked', 'Hi')
    await talk.until('awaiting_input')
    await talk.session.send('Hi again')
    await talk.until('awaiting_input')
    expect(upstream.requests[1]!.body.messages.slice(-3)).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello.' },
      { role: 'user', content: 'Hi again' },
    ])
  })
})

describe('a service that fails', () => {
  const begin = async () => {
    const clock = createTestClock(Date.UTC(2026, 0, 1))
    const runtime = await startRuntime({
      providers: [createOpenAi({ baseUrl: upstream.url }, { clock })],
      agents,
      clock,
    })
    return { clock, client: clientOf(runtime), talk: converse(clientOf(runtime), 'asked', 'Hi') }
  }

  it('is given the time it asks for, and asked once a time', async () => {
    upstream.enqueue(statusReply(503, 'busy', { 'retry-after': '20' }), openaiText('There.'))
    const { clock, talk } = await begin()
    expect(await talk.until('retry')).toMatchObject({ retry: { attempt: 1, wait_ms: 20_000 } })
    await clock.fire(20_000)
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('There.')
    expect(upstream.requests).toHaveLength(2)
  })

  it('is not asked again when it wants hours, and the turn says when it can be', async () => {
    upstream.enqueue(statusReply(429, 'Enough for today', { 'retry-after': '7200' }))
    const { talk } = await begin()
    expect(await talk.until('error')).toMatchObject({
      error: 'openai 429: Enough for today — it can be asked again after 2026-01-01 02:00 UTC',
      retry_at: '2026-01-01T02:00:00.000Z',
    })
    await talk.until('awaiting_input')
    expect(upstream.requests).toHaveLength(1)
  })

  it('is asked six times in all where it asks for time again and again', async () => {
    upstream.enqueue(...Array.from({ length: 7 }, () => statusReply(429, 'slow down', { 'retry-after': '7' })))
    const { clock, talk } = await begin()
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(await talk.until('retry')).toMatchObject({ retry: { attempt, wait_ms: 7000 } })
      await clock.fire(7000)
    }
    expect(await talk.until('error')).toMatchObject({ error: expect.stringContaining('slow down') })
    expect(upstream.requests).toHaveLength(6)
  })

  it('that hangs up once ends nothing', async () => {
    upstream.enqueue({ ...statusReply(200, 'x'), hangUp: true }, openaiText('There.'))
    const { clock, talk } = await begin()
    await talk.until('retry')
    await clock.fire(100)
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('There.')
  })

  it('breaks off in the middle of an answer twice at most: each may be paid for', async () => {
    const half = sseReply(openaiText(['Half ', 'of it.']).body.split('of it')[0]!)
    upstream.enqueue(half, half, half)
    const { clock, talk } = await begin()
    for (const wait of [100, 300]) {
      await talk.until('retry')
      await clock.fire(wait)
    }
    expect(await talk.until('error')).toMatchObject({ error: 'openai: stream ended early' })
    expect(upstream.requests).toHaveLength(3)
  })
})

describe('a turn that is not whole', () => {
  it.each([
    ['was cut off at the limit', { text: 'Cut at the lim', stop: 'length' }, 'max_tokens'],
    ['was cut off in its call', { calls: [{ name: 'Context', pieces: ['{"op":"ti'] }], stop: 'length' }, 'max_tokens'],
    ['was filtered', { text: 'Some', stop: 'content_filter' }, 'content_filter'],
    ['only thought', { thinking: '42' }, 'no_answer'],
    ['only thought, in its text', { text: ['<think>', '42'] }, 'no_answer'],
    ['is blank', { text: ' \n' }, 'no_answer'],
    ['is whole', { text: 'All of it.' }, 'end_turn'],
  ])('says so: one that %s', async (_, turn, stop_reason) => {
    upstream.enqueue(openaiTurn(turn), openaiTurn(turn), openaiText('Whole.'))
    const runtime = await start()
    const client = clientOf(runtime)
    const once = await new Reader(client.runStreaming({ agent: 'asked', segments: say('Hi') })).toEnd()
    expect(once.at(-1)).toMatchObject({ type: 'done', stop_reason })

    const talk = converse(client, 'asked', 'Hi')
    expect(await talk.until('awaiting_input')).toMatchObject({ awaiting_input: { since_turn: 0, stop_reason } })
    expect(talk.session.stopReason).toBe(stop_reason)
    await talk.session.send('Go on')
    expect(await talk.until('awaiting_input')).toMatchObject({ awaiting_input: { stop_reason: 'end_turn' } })
    expect(talk.session.stopReason).toBe('end_turn')
  })

  it('is none where the model has nothing to add to what a tool answered', async () => {
    upstream.enqueue(openaiToolCall('Context', { op: 'time' }), openaiTurn({ text: ' ' }))
    const runtime = await start()
    const once = await new Reader(clientOf(runtime).runStreaming({ agent: 'asked', segments: say('Hi') })).toEnd()
    expect(once.at(-1)).toMatchObject({ type: 'done', stop_reason: 'end_turn' })
  })

  it('is one that failed or was stopped, too', async () => {
    upstream.enqueue(statusReply(400, 'no'))
    const runtime = await start()
    const talk = converse(clientOf(runtime), 'asked', 'Hi')
    expect(await talk.until('awaiting_input')).toMatchObject({ awaiting_input: { stop_reason: 'error' } })
  })
})
