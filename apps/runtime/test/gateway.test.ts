import { ERROR_CODE_HEADER } from '@loomcycle/proto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Config } from '../src/ground/config/config.ts'
import { createOpenAi } from '../src/models/providers/openai/index.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import {
  type FakeUpstream,
  openaiText,
  openaiToolCall,
  openaiTurn,
  startFakeUpstream,
  statusReply,
} from '../src/testing/fake-upstream.ts'
import { failure, someService } from '../src/testing/some-services.ts'
import { startRuntime, type TestRuntime, type TestRuntimeOptions } from '../src/testing/test-runtime.ts'

let upstream: FakeUpstream
beforeEach(async () => {
  upstream = await startFakeUpstream({ models: ['gpt-4.1', 'meta/llama'] })
})
afterEach(() => upstream.close())

const key = 'sk-of-the-operator'
const aService = (more: Parameters<typeof createOpenAi>[1] = {}) =>
  createOpenAi({ id: 'openai', apiKey: key, baseUrl: upstream.url }, more)
const start = (options: TestRuntimeOptions = {}) => startRuntime({ providers: [aService()], ...options })

const hello = { model: 'openai/gpt-4.1', messages: [{ role: 'user', content: 'Hello' }] }
const post = (runtime: { url: string }, path: string, body: unknown, init: RequestInit = {}) =>
  fetch(runtime.url + path, {
    method: 'POST',
    body: JSON.stringify(body),
    ...init,
    headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
  })
const chat = (runtime: { url: string }, body: object = {}, init?: RequestInit) =>
  post(runtime, '/v1/chat/completions', { ...hello, ...body }, init)
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by name
const json = async (response: Response | Promise<Response>): Promise<any> => (await response).json()
const dataOf = (text: string) =>
  text
    .split('\n\n')
    .filter((frame) => frame.startsWith('data: {'))
    .map((frame) => JSON.parse(frame.slice('data: '.length)))

describe('a chat completion', () => {
  it('is an answer of the model, which is told all that can be told', async () => {
    upstream.enqueue(openaiTurn({ text: 'Hi', usage: { input: 7, output: 2, cached: 4 } }))
    const schema = { type: 'object', properties: {} }
    const response = await chat(await start(), {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'developer', content: 'And kind.' },
        ...hello.messages,
      ],
      ...{ temperature: 0, top_p: 0.5, seed: 3, stop: ['END'], max_completion_tokens: 50, presence_penalty: 1 },
      tools: [{ type: 'function', function: { name: 'look', description: 'Looks.', parameters: schema } }],
      ...{ tool_choice: 'required', parallel_tool_calls: false, response_format: { type: 'json_object' } },
    })
    expect(response.headers.get('loomcycle-warning')).toBeNull()
    expect(await json(response)).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-req_/),
      object: 'chat.completion',
      created: expect.closeTo(Date.now() / 1000, -2),
      model: 'openai/gpt-4.1',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: 11,
        completion_tokens: 2,
        total_tokens: 13,
        prompt_tokens_details: { cached_tokens: 4 },
      },
    })
    expect(upstream.requests[0]!.body).toMatchObject({
      model: 'gpt-4.1',
      messages: [
        { role: 'system', content: 'Be brief.\n\nAnd kind.' },
        { role: 'user', content: 'Hello' },
      ],
      ...{ temperature: 0, top_p: 0.5, seed: 3, stop: ['END'], max_tokens: 50, presence_penalty: 1 },
      tools: [{ type: 'function', function: { name: 'look', description: 'Looks.', parameters: schema } }],
      ...{ tool_choice: 'required', parallel_tool_calls: false, response_format: { type: 'json_object' } },
    })
    expect(upstream.requests[0]!.headers.authorization).toBe(`Bearer ${key}`)
  })

  it('is shown calls and their results', async () => {
    upstream.enqueue(openaiText('It is here.'))
    const call = { id: 'c1', type: 'function', function: { name: 'look', arguments: '{"at":12345678901234567890}' } }
    await chat(await start(), {
      messages: [
        ...hello.messages,
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: 'here' },
      ],
    })
    expect(upstream.requests[0]!.text).toContain('12345678901234567890')
    expect(upstream.requests[0]!.body.messages.slice(1)).toEqual([
      { role: 'assistant', content: null, tool_calls: [expect.objectContaining({ id: 'c1' })] },
      { role: 'tool', tool_call_id: 'c1', content: 'here' },
    ])
  })

  it('streams as OpenAI does, to the last byte', async () => {
    upstream.enqueue(openaiText(['Hel', 'lo']))
    const response = await chat(await start(), { stream: true, stream_options: { include_usage: true } })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const text = await response.text()
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
    expect(text).not.toContain('event:')
    const chunks = dataOf(text)
    expect(
      chunks.map(({ choices, usage }) => [choices[0]?.delta, choices[0]?.finish_reason, usage?.total_tokens]),
    ).toEqual([
      [{ role: 'assistant', content: '' }, null, undefined],
      [{ content: 'Hel' }, null, undefined],
      [{ content: 'lo' }, null, undefined],
      [{}, 'stop', undefined],
      [undefined, undefined, 15],
    ])
    expect(chunks.at(-1).choices).toEqual([])
  })

  it('of two calls at once has them apart', async () => {
    const calls = [
      { id: 'a', name: 'look', input: { at: 1 } },
      { id: 'b', name: 'look', input: { at: 2 } },
    ]
    upstream.enqueue(openaiTurn({ calls }), openaiTurn({ calls }))
    const runtime = await start()
    const tools = [{ type: 'function', function: { name: 'look' } }]
    const { choices } = await json(chat(runtime, { tools }))
    expect(choices[0]).toMatchObject({ message: { content: null }, finish_reason: 'tool_calls' })
    const made = choices[0].message.tool_calls.map(
      (call: { function: { arguments: string } }) => call.function.arguments,
    )
    expect(made).toEqual(['{"at":1}', '{"at":2}'])
    const chunks = dataOf(await (await chat(runtime, { tools, stream: true })).text())
    const deltas = chunks.flatMap((chunk) => chunk.choices[0].delta.tool_calls ?? [])
    expect(deltas.map(({ index, id }) => [index, id])).toEqual([
      [0, 'a'],
      [0, undefined],
      [1, 'b'],
      [1, undefined],
    ])
  })

  it('tells thinking from words', async () => {
    upstream.enqueue(openaiTurn({ thinking: 'Hm.', text: 'Yes' }), openaiTurn({ thinking: 'Hm.', text: 'Yes' }))
    const runtime = await start()
    expect((await json(chat(runtime))).choices[0].message).toMatchObject({ content: 'Yes', reasoning_content: 'Hm.' })
    const deltas = dataOf(await (await chat(runtime, { stream: true })).text()).map((chunk) => chunk.choices[0].delta)
    expect(deltas.slice(1, 3)).toEqual([{ reasoning_content: 'Hm.' }, { content: 'Yes' }])
  })

  it('says once what has no effect', async () => {
    upstream.enqueue(openaiText('Hi'), openaiText('Hi'))
    const runtime = await start()
    const said = { n: 2, top_k: 5, stop: ['1', '2', '3', '4', '5'] }
    const whole = await chat(runtime, said)
    const warnings = [
      'n has no effect here',
      'openai/gpt-4.1 cannot be told top_k, which has no effect',
      'openai/gpt-4.1 cannot be told more than 4 texts of stop, which has no effect',
    ]
    expect(whole.headers.get('loomcycle-warning')).toBe(warnings.join('; '))
    expect(await json(whole)).toMatchObject({ warnings })
    const streamed = await chat(runtime, { ...said, stream: true })
    expect(streamed.headers.get('loomcycle-warning')).toBe(warnings.join('; '))
    expect(dataOf(await streamed.text()).map((chunk) => chunk.warnings)).toEqual([warnings, undefined, undefined])
    expect(upstream.requests[0]!.body).toMatchObject({ stop: said.stop.slice(0, 4) })
    expect(upstream.requests[0]!.body).not.toHaveProperty('top_k')
    expect(upstream.requests[0]!.body).not.toHaveProperty('n')
  })
})

it('every call of a service is counted once, to whom it was for, whatever came of it', async () => {
  upstream.enqueue(
    openaiTurn({ text: 'Hi', usage: { input: 7, output: 2 } }),
    statusReply(400, { error: { message: 'bad' } }),
  )
  const runtime = await start({ env: { LOOMCYCLE_LOG_LEVEL: 'debug', LOOMCYCLE_EMBEDDER_STUB: '1' } })
  await chat(runtime, { user: 'ada' })
  await chat(runtime, { user: 'bob' })
  await post(runtime, '/v1/embeddings', { input: 'x', user: 'eve' })
  await chat(runtime, { model: 'nobody-has-it' })
  const lines = runtime.said.map((line) => JSON.parse(line)).filter(({ msg }) => msg.startsWith('gateway'))
  const service = { tenant: 'default', provider: 'openai', model: 'gpt-4.1' }
  expect(lines).toMatchObject([
    { msg: 'gateway chat', user: 'ada', ...service, input_tokens: 7, output_tokens: 2 },
    { msg: 'gateway chat', user: 'bob', ...service },
    { msg: 'gateway embeddings', user: 'eve', provider: 'stub', model: 'fnv-256' },
  ])
})

describe('what stays with the runtime', () => {
  const secret = 'the-word-that-nobody-may-read'

  it('is its secrets, whichever way a service says them', async () => {
    const calls = [{ id: 'a', name: 'look', input: { at: secret } }]
    const echo = {
      text: ['It is ', secret.slice(0, 9), secret.slice(9), ', or sk-proj-abcdefghijklmnopqrstuvwx.'],
      calls,
    }
    upstream.enqueue(openaiTurn(echo), openaiTurn(echo), statusReply(400, { error: { message: `not ${secret}` } }))
    const runtime = await start({ config: { secrets: new Map([['SOME_API_KEY', secret]]) } })
    const tools = [{ type: 'function', function: { name: 'look' } }]
    for (const more of [{ tools }, { tools, stream: true }, {}]) {
      const text = await (await chat(runtime, more)).text()
      expect(text).not.toContain(secret)
      expect(text.replaceAll(/"}.*?"content":"/gs, '')).not.toContain(secret)
      // What only looks like one is the program's own.
      if (more.tools) expect(text).toContain('abcdefghijklmnopqrstuvwx')
    }
  })

  it('is what a signing service has thought, which words are not', async () => {
    const signing = someService('alpha', { signsReasoning: true })
    const plain = someService('beta')
    const runtime = await startRuntime({ providers: [signing, plain] })
    const messages = [
      ...hello.messages,
      { role: 'assistant', content: 'Hi', reasoning_content: 'Hm.' },
      ...hello.messages,
    ]
    for (const model of ['alpha/m', 'beta/m']) await chat(runtime, { model, messages })
    const thoughts = [signing, plain].map(({ asked }) => asked[0]!.messages[1])
    expect(thoughts).toEqual([
      { role: 'assistant', content: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Hi' }], reasoning: 'Hm.' },
    ])
  })
})

describe('a program that leaves', () => {
  it.each([true, false])('has what it asked for stopped (streaming: %s)', async (stream) => {
    const whole = openaiText(['Hel', 'lo'])
    upstream.enqueue({ ...whole, stallAt: whole.body.indexOf('"lo"') - 100 })
    const runtime = await start()
    const leaving = new AbortController()
    const answer = chat(runtime, { stream }, { signal: leaving.signal })
    if (stream) await (await answer).body!.getReader().read()
    else await upstream.seen(1)
    leaving.abort()
    await answer.catch(() => {})
    await upstream.hungUp()
    await expect.poll(() => runtime.ctx.slots.stats().active).toBe(0)
  })
})

describe('what goes wrong', () => {
  const errorOf = async (answer: Promise<Response>) => {
    const response = await answer
    const { error } = await json(response)
    return {
      status: response.status,
      ...error,
      header: response.headers.get(ERROR_CODE_HEADER),
      wait: response.headers.get('retry-after'),
    }
  }

  it('is said as OpenAI says it: who asks, what is asked, and for which model', async () => {
    const runtime = await start({ env: { LOOMCYCLE_AUTH_TOKEN: 'the-token-of-the-runtime' } })
    const headers = { authorization: 'BEARER the-token-of-the-runtime' }
    expect(await errorOf(chat(runtime))).toEqual({
      status: 401,
      message: 'unauthorized',
      type: 'authentication_error',
      code: 'unauthorized',
      param: null,
      header: 'unauthorized',
      wait: null,
    })
    expect(await errorOf(chat(runtime, { model: 'gpt-4.2' }, { headers }))).toMatchObject({
      status: 404,
      type: 'invalid_request_error',
      code: 'model_not_found',
      param: 'model',
      message: 'there is no model "gpt-4.2"; did you mean gpt-4.1?',
    })
    expect(await errorOf(chat(runtime, { messages: [] }, { headers }))).toMatchObject({
      status: 400,
      code: 'invalid_request',
      type: 'invalid_request_error',
      param: 'messages',
    })
    expect(await errorOf(chat(runtime, { tool_choice: 'any' }, { headers }))).toMatchObject({
      status: 400,
      param: 'tool_choice',
    })
    expect(await errorOf(fetch(`${runtime.url}/v1/models`))).toMatchObject({ status: 401, code: 'unauthorized' })
    expect(upstream.requests).toEqual([])
  })

  it.each([
    ['has had enough', statusReply(429, 'slow down', { 'retry-after': '30' }), 429, 'provider_rate_limited', '30'],
    [
      'takes less',
      statusReply(400, { error: { message: "This model's maximum context length is 10 tokens.", type: 'x' } }),
      400,
      'context_length_exceeded',
      null,
    ],
    ['finds fault with it', statusReply(400, { error: { message: 'bad schema' } }), 400, 'provider_refused', null],
    [
      'does not know us',
      statusReply(401, { error: { message: `${key} is wrong` } }),
      502,
      'provider_call_failed',
      null,
    ],
    [
      'has no such model',
      statusReply(404, { error: { message: 'The model does not exist' } }),
      404,
      'model_not_found',
      null,
    ],
  ])('of a service that %s is what it is, and never the operator’s key', async (_, reply, status, code, wait) => {
    for (const stream of [true, false]) {
      upstream.enqueue(reply)
      const error = await errorOf(chat(await start(), { stream }))
      expect(error).toMatchObject({ status, code, wait })
      expect(JSON.stringify(error)).not.toContain(key)
    }
    expect(upstream.requests).toHaveLength(2)
  })

  it('after the first word is the end of the stream, and is not tried again', async () => {
    const whole = openaiText(['Hel', 'lo'])
    upstream.enqueue({ ...whole, cutAt: whole.body.indexOf('"lo"') - 100 }, openaiText('again'))
    const text = await (await chat(await start(), { stream: true })).text()
    const frames = dataOf(text)
    expect(frames.at(-1)).toMatchObject({ error: { type: 'server_error', code: 'provider_call_failed' } })
    expect(text).not.toContain('[DONE]')
    expect(text).not.toContain('again')
    expect(upstream.requests).toHaveLength(1)
  })

  it('after the first word goes to nobody else', async () => {
    const broken = someService('alpha', {
      async *stream() {
        yield { type: 'text', text: 'half' }
        yield { type: 'error', error: failure('alpha', 500) }
      },
    })
    const other = someService('beta')
    const cascade = [broken, other].map(({ id }) => ({ provider: id, model: 'm' }))
    const userTiers = { default: { name: 'default', tiers: {}, fallbackOnError: true, maxFallbackAttempts: 3 } }
    const runtime = await startRuntime({ providers: [broken, other], config: { tiers: { low: cascade }, userTiers } })
    const text = await (await chat(runtime, { model: 'low', stream: true })).text()
    expect(dataOf(text).at(-1).error.code).toBe('provider_call_failed')
    expect(other.asked).toEqual([])
  })

  it('before it is tried again, by the same model', async () => {
    const clock = createTestClock(Date.UTC(2026, 0, 1))
    upstream.enqueue({ ...openaiText('lost'), hangUp: true }, openaiText('found'))
    const runtime = await startRuntime({ providers: [aService({ clock })], clock })
    const answer = chat(runtime, { stream: true })
    await clock.fire(100)
    const text = await (await answer).text()
    expect(dataOf(text)[1].choices[0].delta).toEqual({ content: 'found' })
  })

  it('in a silence that is long is said on a line that shows it is alive', async () => {
    const clock = createTestClock(Date.UTC(2026, 0, 1))
    const bad = statusReply(400, { error: { message: 'bad' } })
    upstream.enqueue({ ...openaiText('late'), holdHeaders: true }, { ...bad, holdHeaders: true })
    const runtime = await startRuntime({ providers: [aService({ clock })], clock })
    const answer = chat(runtime, { stream: true })
    await upstream.seen(1)
    await clock.fire(15_000)
    const response = await answer
    expect(response.status).toBe(200)
    upstream.release()
    expect(dataOf(await response.text())[1].choices[0].delta).toEqual({ content: 'late' })
    const failing = chat(runtime, { stream: true })
    await upstream.seen(2)
    await clock.fire(15_000)
    const failed = await failing
    upstream.release()
    expect([failed.status, dataOf(await failed.text())]).toMatchObject([200, [{ error: { code: 'provider_refused' } }]])
  })

  it('is one user’s alone where that one asks too much at once', async () => {
    upstream.enqueue({ ...openaiText('x'), holdHeaders: true }, openaiText('of bob'))
    const config = {
      concurrency: { maxConcurrentRuns: 9, maxQueueDepth: 9, queueTimeoutMs: 9000, maxConcurrentRunsPerUser: 1 },
    }
    const runtime = await start({ config })
    const first = chat(runtime, { user: 'ada' })
    await upstream.seen(1)
    expect(await errorOf(chat(runtime, { loomcycle_user_id: 'ada' }))).toMatchObject({
      status: 429,
      type: 'rate_limit_error',
      code: 'per_user_quota_exhausted',
      wait: '5',
    })
    expect((await chat(runtime, { user: 'bob' })).status).toBe(200)
    upstream.release()
    await first
    upstream.enqueue(openaiText('again'))
    expect((await chat(runtime, { user: 'ada' })).status).toBe(200)
  })

  it('is that the runtime is paused', async () => {
    const runtime = await start()
    await post(runtime, '/v1/_pause', {})
    expect(await errorOf(chat(runtime))).toMatchObject({ status: 503, code: 'runtime_paused', wait: '30' })
  })
})

describe('which model answers', () => {
  const alpha = () => someService('alpha', { models: ['m', 'big'] })
  const beta = () => someService('beta', { models: ['n'] })
  const tiers = {
    low: [
      { provider: 'alpha', model: 'm' },
      { provider: 'beta', model: 'n' },
    ],
  }
  const fallback = { default: { name: 'default', tiers: {}, fallbackOnError: true, maxFallbackAttempts: 3 } }
  const config = { tiers, userTiers: fallback, aliases: { fast: { provider: 'beta', model: 'n' } } } as Partial<Config>
  const said = async (runtime: TestRuntime, body: object) => {
    const answer = await json(chat(runtime, { model: undefined, ...body }))
    return answer.choices?.[0].message.content.trim() ?? answer.error.code
  }

  it.each([
    [{ model: 'fast' }, 'beta/n'],
    [{ model: 'low' }, 'alpha/m'],
    [{ loomcycle_tier: 'low' }, 'alpha/m'],
    [{ model: 'alpha/big' }, 'alpha/big'],
    [{ model: 'alpha/not-listed' }, 'alpha/not-listed'],
    [{ model: 'n' }, 'beta/n'],
    [{ loomcycle_provider: 'beta', model: 'n' }, 'beta/n'],
    [{ loomcycle_provider: 'beta' }, 'beta/n'],
    [{}, 'alpha/m'],
    [{ model: 'default' }, 'alpha/m'],
    [{ model: 'high' }, 'tier_unavailable'],
    [{ loomcycle_tier: 'best' }, 'invalid_request'],
    [{ model: 'nobody-has-it' }, 'model_not_found'],
    [{ model: 'anthropic/claude' }, 'provider_unavailable'],
    [{ loomcycle_provider: 'nobody' }, 'provider_unknown'],
    [{ loomcycle_user_tier: 'gold' }, 'unknown_user_tier'],
  ])('to %j is %s', async (body, answer) => {
    const defaults = { provider: 'alpha' }
    expect(
      await said(await startRuntime({ providers: [alpha(), beta()], config: { ...config, defaults } }), body),
    ).toBe(answer)
  })

  it('is the next of the tier where one fails before its first word, which is said and remembered', async () => {
    const failing = someService('alpha', { answering: () => failure('alpha', 400, 'deprecated') })
    const services = [failing, beta()]
    const runtime = await startRuntime({ providers: services, config })
    const answer = await json(chat(runtime, { model: 'low' }))
    expect(answer).toMatchObject({
      model: 'beta/n',
      warnings: ['alpha/m failed, and beta/n answers: alpha 400: it is overloaded'],
    })
    await chat(runtime, { model: 'low' })
    expect(services.map(({ asked }) => asked.length)).toEqual([1, 2])
  })

  it('is nobody else where the user tier does not say so, or the request is what was wrong', async () => {
    const down = someService('alpha', { answering: () => failure('alpha', 400, 'permanent') })
    const other = beta()
    const runtime = await startRuntime({ providers: [down, other], config })
    expect(await said(runtime, { model: 'low' })).toBe('provider_refused')
    expect(other.asked).toEqual([])
  })

  it('is in the list of all that may be asked for', async () => {
    const runtime = await startRuntime({
      providers: [alpha(), beta()],
      config: { ...config, defaults: { provider: 'beta' } },
    })
    const { object, data } = await json(fetch(`${runtime.url}/v1/models`))
    expect(object).toBe('list')
    expect(data.map(({ id }: { id: string }) => id).filter((id: string) => !id.startsWith('scripted/'))).toEqual([
      'fast',
      'low',
      'beta/n',
      'alpha/big',
      'alpha/m',
    ])
    expect(data[0]).toEqual({ id: 'fast', object: 'model', created: 0, owned_by: 'loomcycle' })
    expect(await json(fetch(`${runtime.url}/v1/models/alpha%2Fbig`))).toMatchObject({
      id: 'alpha/big',
      owned_by: 'alpha',
    })
    expect(await json(fetch(`${runtime.url}/v1/models/alpha/big`))).toMatchObject({ id: 'alpha/big' })
    expect((await fetch(`${runtime.url}/v1/models/nothing`)).status).toBe(404)
  })
})

describe('our own chat', () => {
  const native = { provider: 'openai', model: 'gpt-4.1', messages: hello.messages }

  it('answers whole and as a stream', async () => {
    upstream.enqueue(openaiText('Hi'), openaiToolCall('look', { at: 1 }, 'c1'))
    const runtime = await start()
    expect(await json(post(runtime, '/v1/_llm/chat', native))).toEqual({
      id: expect.stringMatching(/^llm_[0-9a-f]{16}$/),
      request_id: expect.stringMatching(/^req_[0-9a-f]{16}$/),
      provider: 'openai',
      model: 'gpt-4.1',
      content: [{ type: 'text', text: 'Hi' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 0 },
    })
    expect(upstream.requests[0]!.body.max_tokens).toBe(4096)
    const tools = [{ name: 'look', input_schema: { type: 'object' } }]
    const text = await (await post(runtime, '/v1/_llm/chat', { ...native, tools, stream: true })).text()
    expect(text.match(/^event: .*$/gm)).toEqual([
      'event: provider_chosen',
      'event: content_block_start',
      'event: content_block_stop',
      'event: message_delta',
      'event: done',
    ])
  })

  it('says what goes wrong in our own words', async () => {
    const runtime = await start()
    const response = await post(runtime, '/v1/_llm/chat', {
      ...native,
      model: undefined,
      provider: undefined,
      tier: 'no',
    })
    expect(response.status).toBe(400)
    expect(await json(response)).toMatchObject({ code: 'invalid_request', error: expect.stringContaining('low') })
    const whole = openaiText(['Hel', 'lo'])
    upstream.enqueue({ ...whole, cutAt: whole.body.indexOf('"lo"') - 100 })
    const text = await (await post(runtime, '/v1/_llm/chat', { ...native, stream: true })).text()
    expect(text).toMatch(/event: error\ndata: \{"type":"error","code":"provider_call_failed","message":".*"\}\n\n$/)
  })
})

describe('embeddings', () => {
  const embed = (runtime: { url: string }, body: object) => post(runtime, '/v1/embeddings', { model: 'm', ...body })
  const stub = () => startRuntime({ env: { LOOMCYCLE_EMBEDDER_STUB: '1' } })

  it('are the same of one text and of several, as numbers and as bytes', async () => {
    const runtime = await stub()
    const one = await json(embed(runtime, { input: 'a cat' }))
    expect(one).toMatchObject({
      object: 'list',
      model: 'm',
      data: [{ object: 'embedding', index: 0 }],
      usage: { prompt_tokens: 0, total_tokens: 0 },
    })
    const [{ embedding }] = one.data
    expect(embedding).toHaveLength(256)
    const { data } = await json(embed(runtime, { input: ['a dog', 'a cat'], encoding_format: 'base64' }))
    const bytes = Buffer.from(data[1].embedding, 'base64')
    expect(Array.from({ length: 256 }, (_, at) => bytes.readFloatLE(at * 4))).toEqual(embedding)
    expect(data[1].index).toBe(1)
  })

  it('have as many dimensions as were asked for, and come in any number', async () => {
    const runtime = await stub()
    const many = Array.from({ length: 300 }, (_, at) => `text ${at}`)
    const { data } = await json(embed(runtime, { input: many, dimensions: 8 }))
    expect(data).toHaveLength(300)
    expect(new Set(data.map(({ embedding }: { embedding: number[] }) => embedding.length))).toEqual(new Set([8]))
  })

  it.each([
    [{ input: [1, 2, 3] }, 'tokens are of one model'],
    [{ input: [[1, 2], [3]] }, 'check_embedding_ctx_length=False'],
    [{ input: [] }, 'a text or several'],
    [{ input: '' }, 'empty'],
    [{ input: Array.from({ length: 2049 }, () => 'x') }, '2048'],
  ])('are refused in words', async (body, why) => {
    const response = await embed(await stub(), body)
    expect(response.status).toBe(400)
    expect((await json(response)).error).toMatchObject({ param: 'input', message: expect.stringContaining(why) })
  })

  it('are made by the embedder there is, which is said', async () => {
    const response = await embed(await stub(), { input: 'x', model: 'text-embedding-3-small' })
    expect(await json(response)).toMatchObject({
      model: 'text-embedding-3-small',
      warnings: ['stub/fnv-256 made the vectors, not text-embedding-3-small'],
    })
  })

  it('say where to configure an embedder where there is none', async () => {
    const response = await embed(await startRuntime(), { input: 'x' })
    expect(response.status).toBe(503)
    expect((await json(response)).error).toMatchObject({
      code: 'embedder_not_configured',
      message: expect.stringContaining('memory.embedder'),
    })
  })
})

describe('the door', () => {
  it('takes the addresses that programs put together', async () => {
    upstream.enqueue(openaiText('Hi'))
    const runtime = await start()
    expect((await post(runtime, '/v1/chat/completions/', hello)).status).toBe(200)
    expect((await fetch(`${runtime.url}/v1/models/`)).status).toBe(200)
  })

  it('lets pages of allowed origins ask by OpenAI’s library', async () => {
    const runtime = await start({ env: { LOOMCYCLE_ALLOWED_ORIGINS: 'https://app.example' } })
    const asked = 'authorization,content-type,x-stainless-os,x-stainless-helper-method,openai-organization,x-evil'
    const response = await fetch(`${runtime.url}/v1/chat/completions`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': asked,
      },
    })
    const allowed = response.headers.get('access-control-allow-headers')!.split(', ')
    expect(allowed).toEqual(
      expect.arrayContaining(['Authorization', 'x-stainless-os', 'x-stainless-helper-method', 'openai-organization']),
    )
    expect(allowed).not.toContain('x-evil')
  })
})

describe('what a program takes', () => {
  const counted = async (runtime: { url: string }) =>
    (await json(fetch(`${runtime.url}/v1/_usage?group_by=user,provider,model`))).rows

  it('is counted as what runs take, for whom it was', async () => {
    upstream.enqueue(openaiTurn({ text: 'Hi', usage: { input: 7, output: 2, cached: 4 } }))
    const runtime = await start()
    expect((await chat(runtime, { user: 'ada' })).status).toBe(200)
    await expect
      .poll(() => counted(runtime))
      .toMatchObject([
        {
          ...{ user_id: 'ada', provider: 'openai', model: 'gpt-4.1', call_count: 1 },
          ...{ input_tokens: 7, output_tokens: 2, cache_read_tokens: 4 },
        },
      ])
  })

  it('is no more than a limit leaves', async () => {
    upstream.enqueue(openaiTurn({ text: 'Hi', usage: { input: 7, output: 2 } }))
    const runtime = await start({ env: { LOOMCYCLE_EMBEDDER_STUB: '1' } })
    await fetch(`${runtime.url}/v1/_limits`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ scope: 'tenant', hard_limit: 9 }),
    })
    expect((await chat(runtime)).status).toBe(200)
    await expect.poll(() => counted(runtime)).toHaveLength(1)
    for (const refused of [await chat(runtime), await post(runtime, '/v1/embeddings', { model: 'm', input: 'x' })]) {
      expect(refused.status).toBe(429)
      expect((await json(refused)).error).toMatchObject({
        code: 'token_limit_exceeded',
        message: expect.stringContaining('used 9 tokens this month'),
      })
    }
    expect(upstream.requests).toHaveLength(1)
  })
})
