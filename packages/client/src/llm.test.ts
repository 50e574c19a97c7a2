import { describe, expect, test } from 'vitest'
import { LoomcycleClient } from './client.ts'
import {
  AuthError,
  InvalidArgumentError,
  NotFoundError,
  PerUserQuotaExhaustedError,
  UnavailableError,
} from './errors.ts'
import type { LLMChatOptions } from './llm-types.ts'
import { type Answer, collect, collectToFailure, json, plain, recordingFetch } from './testing/recording-fetch.ts'
import { broken, streamOf } from './testing/streams.ts'

function setUp(answer: Answer) {
  const { fetch, requests } = recordingFetch(answer)
  return { client: new LoomcycleClient({ baseUrl: 'http://host:1', authToken: 'tok', fetch }), requests }
}

const asked: LLMChatOptions = { messages: [{ role: 'user', content: 'Hi' }], temperature: null, tier: 'low' }
const frame = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
const usage = { input_tokens: 1, output_tokens: 2 }
const unauthorized = () => plain('unauthorized\n', 401)

describe('llmChat', () => {
  test('posts what was asked as it is, whole, and without its signal', async () => {
    const answer = { id: 'llm_1', content: [{ type: 'text', text: 'Hi' }], stop_reason: 'end_turn', usage }
    const { client, requests } = setUp(() => json(answer))
    const { signal } = new AbortController()
    expect(await client.llmChat({ ...asked, signal })).toEqual(answer)
    expect(requests).toMatchObject([{ method: 'POST', path: '/v1/_llm/chat', headers: { Accept: 'application/json' } }])
    expect(requests[0]!.body).toEqual({ ...asked, stream: false })
    expect(requests[0]!.signal).toBe(signal)
  })

  test('hands on what it does not know', async () => {
    const { client, requests } = setUp(() => json({}))
    await client.llmChat({ ...asked, of_tomorrow: 1 } as LLMChatOptions)
    expect(requests[0]!.body).toMatchObject({ of_tomorrow: 1 })
  })

  test('rejects by what went wrong', async () => {
    await expect(setUp(unauthorized).client.llmChat(asked)).rejects.toBeInstanceOf(AuthError)
    const down = () => json({ code: 'tier_unavailable', error: 'none' }, 503)
    await expect(setUp(down).client.llmChat(asked)).rejects.toBeInstanceOf(UnavailableError)
    const missing = () => json({ code: 'model_not_found', error: 'there is no model "agent-session"' }, 404)
    const error = await setUp(missing)
      .client.llmChat(asked)
      .catch((failure: Error) => failure)
    expect(error.constructor).toBe(NotFoundError)
  })
})

describe('llmStream', () => {
  const frames: [string, unknown][] = [
    ['provider_chosen', { provider: 'p', model: 'm', request_id: 'req_1' }],
    ['content_block_start', { index: 0, block: { type: 'text', text: '' } }],
    ['content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'Hi' } }],
    ['content_block_stop', { index: 0 }],
    ['message_delta', { delta: { stop_reason: 'end_turn' }, usage }],
    ['done', { id: 'llm_1', stop_reason: 'end_turn', usage }],
  ]
  const items = (of: [string, unknown][]) => of.map(([kind, payload]) => ({ kind, payload }))

  test('yields what comes, in order and over comments, and a failure as an item', async () => {
    const failed: [string, unknown] = ['error', { type: 'error', code: 'provider_call_failed', message: 'it broke' }]
    const all = [...frames, failed, ['of_tomorrow', null] as [string, unknown]]
    const chunks = all.flatMap(([event, data]) => [': keepalive\n\n', frame(event, data)])
    const { client, requests } = setUp(() => streamOf([...chunks, 'event: broken\ndata: {\n\n', 'data: {"a":1}\n\n']))
    expect(await collect(client.llmStream(asked))).toEqual(items(all))
    expect(requests[0]).toMatchObject({ method: 'POST', headers: { Accept: 'text/event-stream' } })
    expect(requests[0]!.body).toEqual({ ...asked, stream: true })
  })

  test('yields a last frame that only lacks its blank line', async () => {
    const { client } = setUp(() => streamOf([frame(...frames[0]!), 'event: done\ndata: {"id":"x"}']))
    expect((await collect(client.llmStream(asked))).at(-1)).toEqual({ kind: 'done', payload: { id: 'x' } })
  })

  test('asks nothing before its first item is asked for, and rejects there', async () => {
    const { client, requests } = setUp(unauthorized)
    const stream = client.llmStream(asked)[Symbol.asyncIterator]()
    expect(requests).toEqual([])
    await expect(stream.next()).rejects.toBeInstanceOf(AuthError)
  })

  test('throws what breaks it, and lets go of the connection that is left', async () => {
    const { client } = setUp(() => streamOf([frame(...frames[0]!)], 'break'))
    const { items: read, failure } = await collectToFailure(client.llmStream(asked))
    expect([read.length, failure]).toEqual([1, broken])
    let isLeft = false
    const left = setUp(() => streamOf([frame(...frames[0]!)], 'hang', () => (isLeft = true)))
    for await (const _ of left.client.llmStream(asked)) break
    expect(isLeft).toBe(true)
  })
})

describe('embeddings', () => {
  test.each(['a text', ['a text', 'another']])('posts %j without its signal', async (input) => {
    const answer = { object: 'list', data: [{ object: 'embedding', embedding: 'AACAPw==', index: 0 }], model: 'm' }
    const { client, requests } = setUp(() => json(answer))
    const { signal } = new AbortController()
    const options = { model: 'm', input, encoding_format: 'base64' as const }
    expect(await client.embeddings({ ...options, signal })).toEqual(answer)
    expect(requests).toMatchObject([{ method: 'POST', path: '/v1/embeddings' }])
    expect(requests[0]!.body).toEqual(options)
    expect(requests[0]!.signal).toBe(signal)
  })

  test('rejects by what went wrong, in the words of OpenAI', async () => {
    const options = { model: 'm', input: 'x' }
    const openAi =
      (status: number, code: string, headers: Record<string, string> = {}) =>
      () =>
        new Response(JSON.stringify({ error: { message: 'no', type: 'x', code, param: null } }), {
          status,
          headers: { 'Loomcycle-Error': code, ...headers },
        })
    await expect(setUp(unauthorized).client.embeddings(options)).rejects.toBeInstanceOf(AuthError)
    const none = setUp(openAi(503, 'embedder_not_configured')).client.embeddings(options)
    await expect(none).rejects.toMatchObject({ name: 'UnavailableError', code: 'embedder_not_configured' })
    await expect(setUp(openAi(400, 'invalid_request')).client.embeddings(options)).rejects.toBeInstanceOf(
      InvalidArgumentError,
    )
    const full = setUp(openAi(429, 'per_user_quota_exhausted', { 'Retry-After': '5' })).client.embeddings(options)
    const quota = await full.catch((error: unknown) => error)
    expect(quota).toBeInstanceOf(PerUserQuotaExhaustedError)
    expect(quota).toMatchObject({ retryAfterMs: 5000 })
  })
})
