import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type FakeUpstream,
  ollamaText,
  openaiText,
  sseReply,
  startFakeUpstream,
  statusReply,
} from '../../testing/fake-upstream.ts'
import { createAnthropic } from './anthropic/index.ts'
import { ollamaLocal } from './ollama/services.ts'
import { createOpenAi } from './openai/index.ts'
import type { ProviderFailure } from './provider.ts'
import { aRequest, collect, textOf } from './testing/requests.ts'
import { createTestClock } from './testing/test-clock.ts'

const KEY = 'sk-secret-0123456789abcdef'
const never = AbortSignal.any([])

describe('the way to a service', () => {
  let upstream: FakeUpstream
  beforeEach(async () => {
    upstream = await startFakeUpstream()
  })
  afterEach(() => upstream.close())

  const failureOf = async (
    options: { apiKey?: string; keyVariable?: string; isLocal?: boolean } = {},
  ): Promise<ProviderFailure> => {
    const provider = createOpenAi({ apiKey: KEY, baseUrl: upstream.url, ...options }, { clock: createTestClock() })
    const last = (await collect(provider.stream(aRequest(), never))).at(-1)
    if (last?.type !== 'error') throw new Error(`ended with ${last?.type}`)
    return last.error
  }

  it('does not carry the key to where a service redirects', async () => {
    // Those nearby and those far away are not asked in the same way.
    for (const isLocal of [true, false]) {
      upstream.enqueue(statusReply(307, 'elsewhere', { location: 'http://elsewhere.test/v1' }))
      const failure = await failureOf({ isLocal })
      expect(failure).toMatchObject({ failureClass: 'permanent', status: 307 })
      expect(failure.message).toContain('redirects to http://elsewhere.test/v1')
    }
  })

  it('does not wait for an account without money', async () => {
    upstream.enqueue(statusReply(429, { error: { code: 'insufficient_quota', message: 'Pay first' } }))
    const failure = await failureOf()
    expect(failure).toMatchObject({ status: 429, code: 'quota_exhausted', hints: { final: true } })
    expect(failure.message).toBe(
      'openai 429: the account has nothing left at this service, or may not use more; put that right there, and ask again: Pay first (insufficient_quota)',
    )
    upstream.enqueue(sseReply('data: {"error":{"message":"Insufficient Balance","code":402}}\n\n'))
    expect(await failureOf()).toMatchObject({ status: 402, code: 'quota_exhausted', hints: { final: true } })
  })

  it('keeps a key out of every text, whoever repeats it', async () => {
    upstream.enqueue(statusReply(401, `Incorrect API key provided: ${KEY}`))
    expect((await failureOf()).message).toBe('openai 401: Incorrect API key provided: [redacted]')
    upstream.enqueue(sseReply(`data: {"error":{"message":"bad ${KEY}"}}\n\n`))
    expect((await failureOf()).message).toBe('openai: bad [redacted]')
    upstream.enqueue(sseReply(`data: ${KEY}\n\n`))
    expect((await failureOf()).message).toBe('openai: unreadable frame: [redacted]')
    for (const copied of ['sk-line\nbreak-0123456789', '“sk-0123456789”', 'sk-\u200b0123456789']) {
      const failure = await failureOf({ apiKey: copied, keyVariable: 'A_KEY' })
      expect(failure.failureClass).toBe('permanent')
      expect(failure.message).toBe(
        'openai: its key or another header has a character in it that cannot be sent — set A_KEY to a valid key and start again',
      )
    }
  })

  it('refuses an address it cannot use before anything is sent', () => {
    for (const baseUrl of ['not a url', 'ftp://models.test', 'https://user:pass@models.test']) {
      expect(() => createOpenAi({ baseUrl })).toThrow(/^openai: the base URL/)
      expect(() => createOpenAi({ baseUrl })).not.toThrow('pass@')
    }
  })

  it('takes the address with and without the version', async () => {
    for (const end of ['', '/', '/v1', '/v1/', '/v1/chat/completions']) {
      upstream.enqueue(openaiText('Hi'))
      const provider = createOpenAi({ baseUrl: upstream.url + end })
      expect(textOf(await collect(provider.stream(aRequest(), never)))).toBe('Hi')
    }
    expect(upstream.requests.map((request) => request.path)).toEqual(Array(5).fill('/v1/chat/completions'))
  })

  it('asks where a request was said to go, version or not, and with what was said behind it', async () => {
    const asked: string[] = []
    const fetchIt: typeof fetch = async (url) => {
      asked.push(String(url))
      return Response.json({ data: [] })
    }
    const deps = { fetch: fetchIt }
    await createOpenAi({ baseUrl: 'https://models.test/inference/chat/completions' }, deps).listModels(never)
    await createOpenAi({ baseUrl: 'https://azure.test/openai/v1/?api-version=preview' }, deps).listModels(never)
    await createAnthropic({ apiKey: KEY, baseUrl: 'https://models.test/v1/messages?team=a' }, deps).listModels(never)
    expect(asked).toEqual([
      'https://models.test/inference/models',
      'https://azure.test/openai/v1/models?api-version=preview',
      'https://models.test/v1/models?limit=1000&team=a',
    ])
  })

  it('sends a bearer only where there is a key', async () => {
    for (const apiKey of [KEY, undefined, '']) {
      upstream.enqueue(openaiText('Hi'))
      await collect(createOpenAi({ apiKey, baseUrl: upstream.url }).stream(aRequest(), never))
    }
    expect(upstream.requests.map((request) => request.headers.authorization)).toEqual([
      `Bearer ${KEY}`,
      undefined,
      undefined,
    ])
  })

  it('waits as long as it is told to, and longer for a model on somebody’s own machine', async () => {
    const clock = createTestClock()
    const timeouts = { headerTimeoutMs: 5000, idleTimeoutMs: 7000, localTimeoutMs: 400_000 }
    const local = createOpenAi({ baseUrl: upstream.url }, { clock, ...timeouts })
    const fetchIt: typeof fetch = (url, init) => fetch(String(url).replace('http://models.test', upstream.url), init)
    const remote = createOpenAi({ baseUrl: 'http://models.test' }, { clock, fetch: fetchIt, ...timeouts })
    const own = ollamaLocal.create({ baseUrl: upstream.url }, { clock, ...timeouts })
    const hours = { headerTimeoutMs: 6 * 3_600_000, idleTimeoutMs: 3 * 3_600_000 }
    const patient = ollamaLocal.create({ baseUrl: upstream.url, ...hours }, { clock, ...timeouts })
    let asked = 0
    for (const [provider, header, idle, says] of [
      [remote, 5000, 7000, openaiText],
      [local, 400_000, 400_000, openaiText],
      [own, 400_000, 400_000, ollamaText],
      [patient, 21_600_000, 10_800_000, ollamaText],
    ] as const) {
      upstream.enqueue({ ...says('Hi'), holdHeaders: true }, { ...says('Hi'), stallAt: 0 })
      const final = provider !== remote
      for (const timeout of [header, idle]) {
        const events = collect(provider.stream(aRequest(), never))
        await upstream.seen(++asked)
        await clock.fire(timeout)
        expect(await events).toMatchObject([{ type: 'error', error: { failureClass: 'retryable' } }])
        expect(await events).toMatchObject([{ error: { hints: final ? { final } : {} } }])
      }
    }
  })

  it('says when a caller had no more time', async () => {
    const signal = AbortSignal.abort(new DOMException('late', 'TimeoutError'))
    const listing = createOpenAi({ baseUrl: upstream.url }).listModels(signal)
    await expect(listing).rejects.toMatchObject({
      failureClass: 'cancelled',
      message: expect.stringMatching(/took too long$/),
    })
  })

  it('uses connections again for turns that follow each other', async () => {
    const clock = createTestClock()
    const provider = createOpenAi({ baseUrl: upstream.url }, { clock })
    for (const text of ['One', 'Two', 'Three', 'Four', 'Five']) {
      upstream.enqueue(openaiText(text))
      expect(textOf(await collect(provider.stream(aRequest(), never)))).toBe(text)
      await clock.idle()
    }
    // Node opens a second one ahead of need.
    expect(upstream.connections()).toBeLessThanOrEqual(2)
  })

  it('refuses lists of models it cannot read', async () => {
    const provider = createOpenAi({ baseUrl: upstream.url }, { fetch: async () => Response.json({ data: 'none' }) })
    await expect(provider.listModels(never)).rejects.toThrow('openai: the list of models could not be read')
    const empty = createOpenAi({ baseUrl: upstream.url }, { fetch: async () => Response.json({ data: null }) })
    expect(await empty.listModels(never)).toEqual([])
    expect(() => empty.preferredModel([])).toThrow('offers no models')
    const page = createOpenAi({ baseUrl: upstream.url }, { fetch: async () => new Response('<p>Hello</p>') })
    await expect(page.listModels(never)).rejects.toThrow('expected JSON')
  })
})
