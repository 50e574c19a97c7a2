import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { HumanMessage } from '@langchain/core/messages'
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai'
import { embedMany, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai'
import OpenAI from 'openai'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOpenAi } from '../src/models/providers/openai/index.ts'
import {
  type FakeUpstream,
  openaiText,
  openaiTurn,
  startFakeUpstream,
  statusReply,
} from '../src/testing/fake-upstream.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const token = 'the-token-of-the-runtime'
const model = 'openai/gpt-4.1'

let upstream: FakeUpstream
beforeEach(async () => {
  upstream = await startFakeUpstream({ models: ['gpt-4.1'] })
})
afterEach(() => upstream.close())

async function start() {
  const { url } = await startRuntime({
    providers: [createOpenAi({ id: 'openai', apiKey: 'sk-upstream', baseUrl: upstream.url })],
    env: { LOOMCYCLE_AUTH_TOKEN: token, LOOMCYCLE_EMBEDDER_STUB: '1' },
    config: {
      concurrency: { maxConcurrentRuns: 9, maxQueueDepth: 9, queueTimeoutMs: 9000, maxConcurrentRunsPerUser: 1 },
    },
  })
  return `${url}/v1`
}

const parameters = {
  type: 'object' as const,
  properties: { city: { type: 'string' as const } },
  required: ['city'],
}
const twoCalls = [
  { id: 'a', name: 'weather', input: { city: 'Paris' } },
  { id: 'b', name: 'weather', input: { city: 'Rome' } },
]
const stalled = () => {
  const reply = openaiText(['Hel', 'lo'])
  return { ...reply, stallAt: reply.body.indexOf('"lo"') - 100 }
}

describe('OpenAI’s own library', () => {
  const client = async (apiKey = token) => new OpenAI({ baseURL: await start(), apiKey, maxRetries: 0 })
  const messages = [{ role: 'user' as const, content: 'Hello' }]
  const tools = [{ type: 'function' as const, function: { name: 'weather', parameters } }]

  it('talks, whole and in a stream', async () => {
    upstream.enqueue(openaiText('Hi'), openaiText(['Hel', 'lo']))
    const openai = await client()
    const whole = await openai.chat.completions.create({ model, messages })
    expect(whole.choices[0]!.message.content).toBe('Hi')
    expect(whole.usage!.total_tokens).toBe(15)
    expect(whole._request_id).toMatch(/^req_/)
    const stream = openai.chat.completions.stream({ model, messages, stream_options: { include_usage: true } })
    const final = await stream.finalChatCompletion()
    expect(final.choices[0]!.message.content).toBe('Hello')
    expect(final.choices[0]!.finish_reason).toBe('stop')
    expect(final.usage!.completion_tokens).toBe(5)
  })

  it('has tools called side by side, and goes on with their results', async () => {
    upstream.enqueue(openaiTurn({ calls: twoCalls }), openaiText('Sunny.'))
    const openai = await client()
    const runner = openai.chat.completions.runTools({
      model,
      messages,
      stream: true,
      tools: [
        {
          type: 'function',
          function: {
            name: 'weather',
            description: 'Tells the weather.',
            parameters,
            parse: JSON.parse,
            function: ({ city }: { city: string }) => `sun in ${city}`,
          },
        },
      ],
    })
    expect(await runner.finalContent()).toBe('Sunny.')
    expect(upstream.requests[1]!.body.messages.slice(1)).toMatchObject([
      { role: 'assistant', content: null, tool_calls: [{ id: 'a' }, { id: 'b' }] },
      { role: 'tool', tool_call_id: 'a', content: 'sun in Paris' },
      { role: 'tool', tool_call_id: 'b', content: 'sun in Rome' },
    ])
  })

  it('has answers in JSON parsed', async () => {
    upstream.enqueue(openaiText('{"city":"Paris"}'))
    const response_format = {
      type: 'json_schema' as const,
      json_schema: { name: 'place', strict: true, schema: parameters },
    }
    const answer = await (await client()).chat.completions.parse({ model, messages, response_format })
    expect(answer.choices[0]!.message.parsed).toEqual({ city: 'Paris' })
    expect(upstream.requests[0]!.body.response_format).toEqual(response_format)
  })

  it('asks once where the tokens of the month are used up', async () => {
    const baseURL = await start()
    await fetch(`${baseURL}/_limits`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ scope: 'operator', hard_limit: 0 }),
    })
    let asked = 0
    const counting: typeof fetch = (...request) => {
      asked++
      return fetch(...request)
    }
    const openai = new OpenAI({ baseURL, apiKey: token, maxRetries: 2, fetch: counting })
    const refused = await openai.chat.completions.create({ model, messages }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(OpenAI.RateLimitError)
    expect(refused).toMatchObject({
      code: 'token_limit_exceeded',
      message: expect.stringContaining('until the next month'),
    })
    expect((refused as InstanceType<typeof OpenAI.RateLimitError>).headers.get('retry-after')).toBeNull()
    expect(asked).toBe(1)
  })

  it('leaves, and the service is left', async () => {
    upstream.enqueue(stalled())
    const stream = await (await client()).chat.completions.create({ model, messages, stream: true })
    for await (const chunk of stream) if (chunk.choices[0]!.delta.content) break
    await upstream.hungUp()
  })

  it('throws what goes wrong by its kind', async () => {
    const stranger = await client('another-token')
    await expect(stranger.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError)
    const openai = await client()
    const asking = (more: object) => openai.chat.completions.create({ model, messages, ...more })
    const missing = await asking({ model: 'nothing' }).catch((error: unknown) => error)
    expect(missing).toBeInstanceOf(OpenAI.NotFoundError)
    expect(missing).toMatchObject({ code: 'model_not_found', param: 'model', type: 'invalid_request_error' })
    upstream.enqueue(statusReply(429, 'slow down', { 'retry-after': '30' }))
    await expect(asking({})).rejects.toMatchObject({ status: 429, code: 'provider_rate_limited' })
    upstream.enqueue({ ...openaiText('x'), holdHeaders: true })
    const busy = asking({})
    await upstream.seen(2)
    await expect(asking({})).rejects.toBeInstanceOf(OpenAI.RateLimitError)
    upstream.release()
    await busy
    const broken = openaiText(['Hel', 'lo'])
    upstream.enqueue({ ...broken, cutAt: broken.body.indexOf('"lo"') - 100 })
    const stream = await openai.chat.completions.create({ model, messages, stream: true })
    const read = async () => {
      for await (const _ of stream);
    }
    await expect(read()).rejects.toMatchObject({ code: 'provider_call_failed' })
  })

  it('lists and finds models, and has texts embedded', async () => {
    const openai = await client()
    const ids: string[] = []
    for await (const { id } of openai.models.list()) ids.push(id)
    expect(ids).toContain(model)
    expect((await openai.models.retrieve(model)).owned_by).toBe('openai')
    const { data } = await openai.embeddings.create({ model: 'any', input: ['a cat', 'a cat'] })
    expect(data[0]!.embedding).toHaveLength(256)
    expect(data[0]!.embedding).toEqual(data[1]!.embedding)
  })

  it('offers tools it has none of', async () => {
    upstream.enqueue(openaiText('Hi'))
    await (await client()).chat.completions.create({ model, messages, tools: [], tool_choice: 'auto' })
    expect(upstream.requests[0]!.body).not.toHaveProperty('tools')
    upstream.enqueue(openaiText('Hi'))
    await (await client()).chat.completions.create({ model, messages, tools, tool_choice: 'none' })
    expect(upstream.requests[1]!.body.tool_choice).toBe('none')
  })
})

describe('LangChain', () => {
  const chat = async (more: object = {}) =>
    new ChatOpenAI({ model, apiKey: token, maxRetries: 0, configuration: { baseURL: await start() }, ...more })

  it('talks, whole and in a stream, and counts once', async () => {
    upstream.enqueue(openaiText('Hi'), openaiText(['Hel', 'lo']))
    const llm = await chat()
    const whole = await llm.invoke([new HumanMessage('Hello')])
    expect(whole.text).toBe('Hi')
    expect(whole.usage_metadata).toMatchObject({ input_tokens: 10, output_tokens: 5 })
    let text = ''
    let tokens = 0
    for await (const chunk of await llm.stream('Hello')) {
      text += chunk.text
      tokens += chunk.usage_metadata?.total_tokens ?? 0
    }
    expect([text, tokens]).toEqual(['Hello', 15])
  })

  it('has tools called side by side, whole and in a stream', async () => {
    upstream.enqueue(openaiTurn({ calls: twoCalls }), openaiTurn({ calls: twoCalls }))
    const weather = { type: 'function' as const, function: { name: 'weather', parameters } }
    const llm = (await chat()).bindTools([weather])
    const calls = [
      { id: 'a', name: 'weather', args: { city: 'Paris' } },
      { id: 'b', name: 'weather', args: { city: 'Rome' } },
    ]
    expect((await llm.invoke('Weather?')).tool_calls).toMatchObject(calls)
    let all: Awaited<ReturnType<typeof llm.invoke>> | undefined
    for await (const chunk of await llm.stream('Weather?')) all = all ? all.concat(chunk) : chunk
    expect(all!.tool_calls).toMatchObject(calls)
  })

  it('has structured answers, leaves, and hears what goes wrong', async () => {
    upstream.enqueue(openaiText('{"city":"Paris"}'))
    const llm = await chat()
    const structured = llm.withStructuredOutput<{ city: string }>(parameters, { name: 'place', method: 'jsonSchema' })
    expect(await structured.invoke('Where?')).toEqual({ city: 'Paris' })
    upstream.enqueue(stalled())
    const leaving = new AbortController()
    const read = async () => {
      for await (const chunk of await llm.stream('Hello', { signal: leaving.signal })) if (chunk.text) leaving.abort()
    }
    await read().catch(() => {})
    await upstream.hungUp()
    await expect((await chat({ model: 'nothing' })).invoke('Hello')).rejects.toMatchObject({ status: 404 })
    await expect((await chat({ apiKey: 'another-token' })).invoke('Hello')).rejects.toMatchObject({ status: 401 })
  })

  it('has texts embedded', async () => {
    const embeddings = new OpenAIEmbeddings({ apiKey: token, configuration: { baseURL: await start() } })
    const [first] = await embeddings.embedDocuments(['a cat', 'a dog'])
    expect(first).toHaveLength(256)
    expect(await embeddings.embedQuery('a cat')).toEqual(first)
  })
})

describe.each([
  [
    '@ai-sdk/openai-compatible',
    (baseURL: string, apiKey: string) => {
      const provider = createOpenAICompatible({ name: 'loomcycle', baseURL, apiKey, includeUsage: true })
      return { chat: (id: string) => provider.chatModel(id), embedding: () => provider.embeddingModel('any') }
    },
  ],
  [
    '@ai-sdk/openai',
    (baseURL: string, apiKey: string) => {
      const provider = createOpenAI({ baseURL, apiKey })
      return { chat: (id: string) => provider.chat(id), embedding: () => provider.embedding('any') }
    },
  ],
] as const)('Vercel’s AI SDK by %s', (_, create) => {
  const weather = tool({
    description: 'Tells the weather.',
    inputSchema: jsonSchema<{ city: string }>(parameters),
    execute: async ({ city }) => `sun in ${city}`,
  })

  it('talks, and has tools called side by side', async () => {
    upstream.enqueue(openaiTurn({ calls: twoCalls }), openaiText('Sunny.'))
    const { chat } = create(await start(), token)
    const answer = await generateText({
      model: chat(model),
      prompt: 'Weather?',
      tools: { weather },
      stopWhen: stepCountIs(3),
    })
    expect(answer.text).toBe('Sunny.')
    expect(answer.steps[0]!.toolResults.map(({ output }) => output)).toEqual(['sun in Paris', 'sun in Rome'])
  })

  it('streams words and calls, and counts', async () => {
    upstream.enqueue(openaiTurn({ calls: twoCalls }), openaiText(['Sun', 'ny.']))
    const { chat } = create(await start(), token)
    const answer = streamText({
      model: chat(model),
      prompt: 'Weather?',
      tools: { weather },
      stopWhen: stepCountIs(3),
    })
    let text = ''
    for await (const piece of answer.textStream) text += piece
    expect(text).toBe('Sunny.')
    expect((await answer.steps).map(({ usage }) => usage.outputTokens)).toEqual([5, 5])
    expect(await answer.finishReason).toBe('stop')
  })

  it('leaves, and the service is left', async () => {
    upstream.enqueue(stalled())
    const { chat } = create(await start(), token)
    const leaving = new AbortController()
    const answer = streamText({ model: chat(model), prompt: 'Hello', abortSignal: leaving.signal })
    const read = async () => {
      for await (const _ of answer.textStream) leaving.abort()
    }
    await read().catch(() => {})
    await upstream.hungUp()
  })

  it('hears what goes wrong', async () => {
    const url = await start()
    const asking = (id: string, apiKey: string) =>
      generateText({ model: create(url, apiKey).chat(id), prompt: 'Hello', maxRetries: 0 })
    await expect(asking('nothing', token)).rejects.toMatchObject({ statusCode: 404 })
    await expect(asking(model, 'another-token')).rejects.toMatchObject({ statusCode: 401 })
    upstream.enqueue(statusReply(429, 'slow down', { 'retry-after': '30' }))
    await expect(asking(model, token)).rejects.toMatchObject({ statusCode: 429, isRetryable: true })
  })

  it('has texts embedded', async () => {
    const { embeddings } = await embedMany({
      model: create(await start(), token).embedding(),
      values: ['a cat', 'a dog'],
    })
    expect(embeddings.map(({ length }) => length)).toEqual([256, 256])
  })
})
