import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../../ground/clock.ts'
import { type FakeUpstream, startFakeUpstream } from '../../../testing/fake-upstream.ts'
import type { ModelRequest, Provider, ProviderEvent } from '../provider.ts'
import { readRefusal } from '../refusals.ts'
import { outcomeOf } from './answers.ts'
import { type FakeTurn, type Reply, sseReply, statusReply } from './reply.ts'
import { aRequest, aTool, aToolExchange, callsOf, collect, textOf } from './requests.ts'
import { findStream } from './streams.ts'
import { createTestClock, type TestClock } from './test-clock.ts'

/** How a service says what the cases below need said. */
export interface ConformanceWire {
  turn(turn: FakeTurn): Reply
  /** The body of an error answer. */
  error(message: string): object
  /** An error in the middle of a stream, as text to put between two frames. */
  errorFrame: string
  /** The body of the 400 that refuses a request for being too long. */
  tooLong: object
  /** That does not say how long it may be. */
  tellsNoWindow?: true
  /** The service's word for having reached the length limit. */
  lengthStop: string
  /** What a frame ends with; an empty line unless given. */
  frameEnd?: string
  /** It does not say what came from its cache. */
  countsNoCache?: true
  /** The setting that allows a local model more than five minutes, where it is not the one of all. */
  patience?: { header: string; idle: string }
  /** Its word for a turn that it does not let the model finish, for what is in it; none where it lets everything pass. */
  refusalStop?: string
  /** What of a turn that thought `Hmm.` it wants to see again; the thought itself unless given. */
  keptOfThinking?: string
  streams: readonly string[]
}

export interface ConformanceOptions {
  baseUrl: string
  apiKey: string
  clock: Clock
}

const KEY = 'sk-secret-0123456789abcdef'
/** The upstream of the tests is on this machine. */
const LOCAL_TIMEOUT = 300_000
const LOCAL_SETTING = 'LOOMCYCLE_LOCAL_MODEL_TIMEOUT_MS'

/** What every adapter survives, whatever the service behind it. */
export function providerConformance(
  name: string,
  makeProvider: (options: ConformanceOptions) => Provider,
  wire: ConformanceWire,
): void {
  const { frameEnd = '\n\n', patience = { header: LOCAL_SETTING, idle: LOCAL_SETTING }, keptOfThinking = 'Hmm.' } = wire
  describe(`${name}: what every provider does`, () => {
    let upstream: FakeUpstream
    let clock: TestClock
    let provider: Provider

    beforeEach(async () => {
      upstream = await startFakeUpstream()
      clock = createTestClock(Date.UTC(2026, 0, 1))
      provider = makeProvider({ baseUrl: upstream.url, apiKey: KEY, clock })
    })
    afterEach(() => upstream.close())

    const play = (reply: Reply, request: Partial<ModelRequest> = {}) => {
      upstream.enqueue(reply)
      return collect(provider.stream(aRequest(request), AbortSignal.any([])))
    }

    const failureOf = async (events: Promise<ProviderEvent[]>) => {
      const last = (await events).at(-1)
      if (last?.type !== 'error') throw new Error(`ended with ${last?.type}`)
      return last.error
    }

    it('streams text and ends with the reason and the usage', async () => {
      const events = await play(wire.turn({ text: ['Hel', 'lo'], usage: { input: 12, output: 3, cached: 4 } }))
      expect(events.filter((event) => event.type === 'text').map((event) => event.text)).toEqual(['Hel', 'lo'])
      expect(events.at(-1)).toMatchObject({
        type: 'done',
        stop_reason: 'end_turn',
        usage: {
          input_tokens: 12,
          output_tokens: 3,
          ...(wire.countsNoCache ? {} : { cache_read_input_tokens: 4 }),
          provider: provider.id,
        },
      })
    })

    it('keeps thinking apart from text and hands back what the service wants to see again', async () => {
      const events = await play(wire.turn({ thinking: 'Hmm.', text: 'Yes.' }))
      expect(textOf(events, 'thinking')).toBe('Hmm.')
      expect(textOf(events)).toBe('Yes.')
      expect(events.at(-1)).toMatchObject({ type: 'done', reasoning: expect.stringContaining(keptOfThinking) })
    })

    it('gives a call without arguments an empty object', async () => {
      const events = await play(wire.turn({ calls: [{ id: 'c1', name: 'now' }] }))
      expect(callsOf(events)).toEqual([{ id: 'c1', name: 'now', input: {} }])
      expect(events.at(-1)).toMatchObject({ type: 'done', stop_reason: 'tool_use' })
    })

    it('leaves a call without an id to those who give it one', async () => {
      const calls = [
        { id: '', name: 'look', input: { at: 'a' } },
        { id: '', name: 'look', input: { at: 'b' } },
      ]
      expect(callsOf(await play(wire.turn({ calls })))).toEqual(calls)
    })

    it('puts two parallel calls together from pieces', async () => {
      const calls = [
        { id: 'c1', name: 'look', pieces: ['{"at":', '"a', '"}'] },
        { id: 'c2', name: 'look', pieces: ['{"at"', ':"b"}'] },
      ]
      expect(callsOf(await play(wire.turn({ text: 'Both.', calls })))).toEqual([
        { id: 'c1', name: 'look', input: { at: 'a' } },
        { id: 'c2', name: 'look', input: { at: 'b' } },
      ])
    })

    it('passes arguments that are not an object on as text, so that no tool takes them', async () => {
      const events = await play(wire.turn({ calls: [{ id: 'c1', name: 'look', pieces: ['{"at": oops'] }] }))
      expect(callsOf(events)).toEqual([{ id: 'c1', name: 'look', input: '{"at": oops' }])
    })

    it('never calls with arguments the length limit cut off', async () => {
      const calls = [{ id: 'c1', name: 'look', pieces: ['{"at": "ho'] }]
      const events = await play(wire.turn({ text: 'A', calls, stop: wire.lengthStop }))
      expect(callsOf(events)).toEqual([])
      expect(events.at(-1)).toMatchObject({ type: 'done', stop_reason: 'max_tokens' })
    })

    it.runIf(wire.refusalStop)('calls nothing in a turn that the service stopped for what is in it', async () => {
      const calls = [{ id: 'c1', name: 'look', input: { at: 'home' } }]
      const events = await play(wire.turn({ text: 'I could', calls, stop: wire.refusalStop! }))
      expect(callsOf(events)).toEqual([])
      const { stop_reason } = events.at(-1) as { stop_reason: string }
      expect(['refusal', 'content_filter']).toContain(stop_reason)
    })

    it('reads characters that were split between chunks', async () => {
      const text = 'Grüße 👩‍👩‍👧 — 東京'
      const events = await play({ ...wire.turn({ text }), chunkBytes: 1 })
      expect(textOf(events)).toBe(text)
    })

    it('takes an empty turn after a tool result, and calls it a failure anywhere else', async () => {
      const messages = aToolExchange('look', 'found')
      const after = await play(wire.turn({}), { messages, tools: [aTool('look')] })
      expect(after).toMatchObject([{ type: 'done', stop_reason: 'end_turn' }])
      const failure = await failureOf(play(wire.turn({})))
      expect(failure).toMatchObject({
        failureClass: 'retryable',
        message: `${provider.id}: the model answered with nothing`,
      })
    })

    it.each([429, 503])('says of a %i how long to leave it alone, and does not ask again by itself', async (status) => {
      const busy = (headers: Record<string, string>) =>
        failureOf(play(statusReply(status, wire.error('busy'), headers)))
      const failure = await busy({ 'retry-after': '7' })
      expect(failure).toMatchObject({ failureClass: 'retryable', status, hints: { retryAfterMs: 7000 } })
      expect(await busy({})).toMatchObject({ failureClass: 'retryable', status, hints: {} })
      expect(upstream.requests).toHaveLength(2)
    })

    it('says of a request that is too long that it is, and how long it may be where it says so', async () => {
      const failure = await failureOf(play(statusReply(400, wire.tooLong)))
      expect(failure).toMatchObject({ failureClass: 'permanent', status: 400 })
      const window = wire.tellsNoWindow ? {} : { window: expect.any(Number) }
      expect(readRefusal(failure.message)).toMatchObject({ cause: 'too_long', ...window })
      const inBytes = await failureOf(play(statusReply(413, '')))
      expect(inBytes).toMatchObject({ failureClass: 'permanent', status: 413 })
      expect(readRefusal(inBytes.message)).toEqual({ cause: 'too_long', inBytes: true })
    })

    it.each([
      [400, 'permanent'],
      [401, 'permanent'],
      [403, 'permanent'],
      [404, 'permanent'],
      [408, 'retryable'],
      [413, 'permanent'],
      [422, 'permanent'],
      [429, 'retryable'],
      [500, 'retryable'],
      [503, 'retryable'],
      [529, 'retryable'],
    ])('calls a %i %s and says why', async (status, failureClass) => {
      const failure = await failureOf(play(statusReply(status, wire.error('because of the weather'))))
      expect(failure).toMatchObject({ failureClass, status, provider: provider.id })
      expect(failure.message).toMatch(new RegExp(`^${provider.id} ${status}: .*because of the weather`))
      expect(upstream.requests).toHaveLength(1)
    })

    it('tells a model that is gone from a path that is wrong', async () => {
      const failure = await failureOf(play(statusReply(404, wire.error('The model `some-model` does not exist'))))
      expect(failure.failureClass).toBe('deprecated')
    })

    it('keeps error texts short and free of markup and keys', async () => {
      const page = `<!DOCTYPE html><html><style>p { color: red }</style><h1>Bad gateway</h1>${KEY} ${'x'.repeat(900)}</html>`
      const { message } = await failureOf(play(statusReply(502, page)))
      expect(message).toMatch(new RegExp(`^${provider.id} 502: Bad gateway \\[redacted\\] x+…$`))
      expect(message.length).toBeLessThan(507 + provider.id.length)
    })

    it('explains a page where a stream should be', async () => {
      const page = { ...statusReply(200, '<html>Sign in</html>'), headers: { 'content-type': 'text/html' } }
      const failure = await failureOf(play(page))
      expect(failure.message).toContain('expected an event stream, got text/html')
    })

    it('explains a service that is not there', async () => {
      await upstream.close()
      const failure = await failureOf(collect(provider.stream(aRequest(), AbortSignal.any([]))))
      expect(failure).toMatchObject({ failureClass: 'retryable', status: undefined })
      expect(failure.message).toBe(`${provider.id}: connection refused by ${new URL(upstream.url).host}`)
    })

    it('reports a connection that breaks in the middle of a turn', async () => {
      const reply = wire.turn({ text: ['One. ', 'Two.'] })
      const events = play({ ...reply, cutAt: reply.body.indexOf('Two.') })
      const failure = await failureOf(events)
      expect(textOf(await events)).toBe('One. ')
      expect(failure).toMatchObject({ failureClass: 'retryable' })
      expect(failure.message).toMatch(/connection to 127\.0\.0\.1:\d+ was reset/)
    })

    it('reports a stream that ends before its last frame', async () => {
      const { body } = wire.turn({ text: ['One. ', 'Two.'] })
      const failure = await failureOf(play(sseReply(body.slice(0, body.indexOf('Two.')))))
      expect(failure).toMatchObject({ failureClass: 'retryable', message: `${provider.id}: stream ended early` })
      const nothing = await failureOf(play(sseReply('')))
      expect(nothing).toMatchObject({ failureClass: 'retryable', message: `${provider.id}: stream ended early` })
    })

    it('reports frames that are not JSON', async () => {
      const failure = await failureOf(play(sseReply('data: {"half":\n\n')))
      expect(failure).toMatchObject({
        failureClass: 'retryable',
        message: `${provider.id}: unreadable frame: {"half":`,
      })
      expect(await failureOf(play(sseReply('data: 42\n\n')))).toMatchObject({ failureClass: 'retryable' })
    })

    it('reports an error the service sends in the middle of a stream', async () => {
      const { body } = wire.turn({ text: ['One. ', 'Two.'] })
      const at = body.lastIndexOf(frameEnd, body.indexOf('Two.')) + frameEnd.length
      const events = play(sseReply(body.slice(0, at) + wire.errorFrame + body.slice(at)))
      const failure = await failureOf(events)
      expect(textOf(await events)).toBe('One. ')
      expect(failure).toMatchObject({ failureClass: 'retryable', provider: provider.id })
    })

    it('gives up on a service that does not answer', async () => {
      const events = play({ ...wire.turn({ text: 'Late.' }), holdHeaders: true })
      await upstream.seen(1)
      await clock.fire(LOCAL_TIMEOUT)
      const failure = await failureOf(events)
      expect(failure).toMatchObject({ failureClass: 'retryable', hints: { final: true } })
      expect(failure.message).toMatch(/no answer from 127\.0\.0\.1:\d+ within 300 s; /)
      expect(failure.message.endsWith(` needs a larger ${patience.header}`)).toBe(true)
      await upstream.hungUp()
    })

    it('gives up on a stream that falls silent', async () => {
      const reply = wire.turn({ text: ['One. ', 'Two.'] })
      upstream.enqueue({ ...reply, stallAt: reply.body.indexOf('Two.') })
      const events: ProviderEvent[] = []
      for await (const event of provider.stream(aRequest(), AbortSignal.any([]))) {
        events.push(event)
        if (event.type === 'text') void clock.fire(LOCAL_TIMEOUT)
      }
      expect(events).toMatchObject([
        { type: 'text', text: 'One. ' },
        { type: 'error', error: { failureClass: 'retryable' } },
      ])
      const cause = String((events[1] as { error: Error }).error)
      expect(cause).toMatch(/no data from 127\.0\.0\.1:\d+ for 300 s; /)
      expect(cause.endsWith(` needs a larger ${patience.idle}`)).toBe(true)
      await upstream.hungUp()
    })

    it('stops at once when cancelled in the middle of a turn, and hangs up', async () => {
      const reply = wire.turn({ text: ['One. ', 'Two.'] })
      upstream.enqueue({ ...reply, stallAt: reply.body.indexOf('Two.') })
      const controller = new AbortController()
      const events: ProviderEvent[] = []
      for await (const event of provider.stream(aRequest(), controller.signal)) {
        events.push(event)
        controller.abort()
      }
      expect(events).toMatchObject([
        { type: 'text', text: 'One. ' },
        { type: 'error', error: { failureClass: 'cancelled' } },
      ])
      await upstream.hungUp()
      expect(clock.running()).toBe(0)
    })

    it('asks nobody when it was cancelled before', async () => {
      const events = await collect(provider.stream(aRequest(), AbortSignal.abort()))
      expect(events).toMatchObject([{ type: 'error', error: { failureClass: 'cancelled' } }])
      expect(upstream.requests).toHaveLength(0)
    })

    it('lets go of a stream its reader walks away from', async () => {
      const reply = wire.turn({ text: ['One. ', 'Two.'] })
      upstream.enqueue({ ...reply, stallAt: reply.body.indexOf('Two.') })
      for await (const event of provider.stream(aRequest(), AbortSignal.any([]))) if (event.type === 'text') break
      await clock.fire(1000)
      await upstream.hungUp()
    })

    it('uses names the service accepts for tools that have others', async () => {
      const tools = [aTool('files/read.all'), aTool('plain')]
      const sent = wire.turn({ calls: [{ id: 'c1', name: 'NAME', input: {} }] })
      const probe = await play(wire.turn({ text: 'ok' }), { tools })
      expect(probe.at(-1)).toMatchObject({ type: 'done' })
      const alias = /"(files_read_all_[0-9a-f]{8})"/.exec(JSON.stringify(upstream.requests[0]?.body))?.[1] ?? ''
      const events = await play({ ...sent, body: sent.body.replaceAll('NAME', alias) }, { tools })
      expect(callsOf(events)).toEqual([{ id: 'c1', name: 'files/read.all', input: {} }])
    })

    it('leaves nothing behind on the signal it was given', async () => {
      const { signal } = new AbortController()
      upstream.enqueue(wire.turn({ text: 'Hi' }), statusReply(500, 'no'), sseReply('data: {'))
      for (let turn = 0; turn < 3; turn++) await collect(provider.stream(aRequest(), signal))
      expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    })

    it('lists the models of the service', async () => {
      const other = await startFakeUpstream({ models: ['one', 'two'] })
      const asked = makeProvider({ baseUrl: other.url, apiKey: KEY, clock })
      expect(await asked.listModels(AbortSignal.any([]))).toEqual(['one', 'two'])
      await other.close()
      await expect(asked.listModels(AbortSignal.any([]))).rejects.toMatchObject({ failureClass: 'retryable' })
    })

    describe.each(wire.streams)('the stream %s', (streamName) => {
      const sse = findStream(streamName)

      it.skipIf(sse === undefined)('arrives the same in chunks of any size', async () => {
        const reply = sseReply(sse!)
        const whole = await play(reply)
        expect(whole.at(-1)?.type).toBe('done')
        const sizes = reply.body.length > 20_000 ? [97, 1021] : [1, 7, 1021]
        for (const chunkBytes of sizes) expect(await play({ ...reply, chunkBytes })).toEqual(whole)
      })

      it.skipIf(sse === undefined)('is never taken for whole where it was cut', async () => {
        const bytes = Buffer.from(sse!)
        const whole = outcomeOf(await play(sseReply(sse!)))
        for (let part = 1; part < 40; part++) {
          const at = Math.floor((bytes.length * part) / 40)
          const ends = sseReply(bytes.subarray(0, at).toString())
          for (const reply of [ends, { ...sseReply(sse!), cutAt: at }]) {
            const outcome = outcomeOf(await play(reply))
            if (!('error' in outcome)) expect(outcome, `cut at byte ${at}`).toEqual(whole)
          }
        }
      })
    })
  })
}
