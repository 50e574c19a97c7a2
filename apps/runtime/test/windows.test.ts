import { expect, it, onTestFinished } from 'vitest'
import type { AgentDefinition } from '../src/ground/config/config.ts'
import { plainAgent } from '../src/ground/config/config.ts'
import { createOpenAi } from '../src/models/providers/openai/index.ts'
import type { ModelRequest } from '../src/models/providers/provider.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { aPicture } from '../src/testing/a-picture.ts'
import {
  openaiText,
  openaiToolCall,
  type Reply,
  startFakeUpstream,
  statusReply,
  type UpstreamRequest,
} from '../src/testing/fake-upstream.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntimeOptions } from '../src/testing/test-runtime.ts'
import type { Tool } from '../src/tools/tool.ts'

const tokensOf = ({ body }: UpstreamRequest) => Math.ceil(JSON.stringify(body).length / 4)

/** What a service says of a request that is longer than its model takes. */
const words = {
  vllm: (asked: number, window: number) =>
    `This model's maximum context length is ${window} tokens. However, your request has ${asked} input tokens. Please reduce the length of the input messages.`,
  ollama: () => 'prompt too long; exceeded max context length by 812 tokens',
}

interface Service {
  window: number
  says: keyof typeof words
  answer(request: UpstreamRequest, n: number): Reply
}

/** A service whose model takes so much and no more; it counts its refusals. */
async function aService({ window, says, answer }: Service) {
  let refused = 0
  let answered = 0
  const upstream = await startFakeUpstream({
    script: (request) => {
      const asked = tokensOf(request)
      if (asked <= window) return answer(request, ++answered)
      refused++
      return statusReply(400, { error: { message: words[says](asked, window), type: 'BadRequestError', code: 400 } })
    },
  })
  onTestFinished(() => upstream.close())
  return {
    upstream,
    provider: createOpenAi({ id: 'openai', baseUrl: upstream.url, service: 'compatible' }),
    refused: () => refused,
  }
}

const agent = (more: Partial<AgentDefinition> = {}): Record<string, AgentDefinition> => ({
  worker: {
    ...plainAgent,
    name: 'worker',
    source: 'file',
    provider: 'openai',
    model: 'small',
    tools: ['dump'],
    ...more,
  },
})

/** Answers at such length. */
const dump = (chars: number): Tool => ({
  name: 'dump',
  description: 'Everything there is.',
  inputSchema: { type: 'object', properties: {} },
  sideEffects: 'pure',
  isIdempotent: () => true,
  effectOf: () => 'reads',
  run: async () => ({ text: `BEGIN${'x'.repeat(chars)}END` }),
})

function start(service: Awaited<ReturnType<typeof aService>>, options: TestRuntimeOptions = {}) {
  return startRuntime({
    ...options,
    providers: [service.provider],
    config: { agents: agent(), ...options.config },
  })
}

const resultIn = (request: UpstreamRequest): string =>
  request.body.messages.findLast((message: { role: string }) => message.role === 'tool')?.content ?? ''

it('a result larger than the window is shown with its beginning and its end, and the model reads on', async () => {
  const service = await aService({
    window: 32_768,
    says: 'vllm',
    answer: (request, n) => {
      if (n === 1) return openaiToolCall('dump', {})
      if (n === 2) return openaiToolCall('Context', /\{"op":"read_on".*?\}/.exec(resultIn(request))![0])
      return openaiText('read')
    },
  })
  const runtime = await start(service, { tools: [dump(1024 * 1024)], config: { agents: agent({ tools: ['dump'] }) } })
  const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'worker', segments: say('dump it') }))
  await reader.toEnd()
  expect(reader.text()).toBe('read')
  const [, shown, readOn] = service.upstream.requests
  expect(resultIn(shown!)).toMatch(/^BEGINx+\n\[… \d+ of 1048584 characters are left out here/)
  expect(resultIn(shown!)).toMatch(/xEND$/)
  expect(resultIn(shown!).length).toBeLessThan(36_000)
  expect(JSON.parse(resultIn(readOn!))).toMatchObject({ total_chars: 1_048_584, text: 'x'.repeat(8000) })
  const whole = reader.events.find((event) => event.type === 'tool_result' && event.tool_use?.name === 'dump')
  expect(whole?.text).toHaveLength(1_048_584)
})

it.each(['vllm', 'ollama'] as const)('a window that nobody knew is learned from what %s refuses', async (says) => {
  const service = await aService({
    window: 6000,
    says,
    answer: (_, n) => (n === 1 ? openaiToolCall('dump', {}) : openaiText(`a${n}`)),
  })
  const runtime = await start(service, { tools: [dump(400_000)], env: { LOOMCYCLE_GUESSED_WINDOW_TOKENS: '100000' } })
  const talking = converse(clientOf(runtime), 'worker', 'dump it')
  await talking.until('awaiting_input')
  expect(talking.text()).toBe('a2')
  expect(talking.types()).not.toContain('error')
  const adjusted = talking.events.find((event) => event.type === 'request_adjusted')
  expect(adjusted?.request_adjusted).toMatchObject({
    cause: 'too_long',
    provider: 'openai',
    model: 'small',
    ...(says === 'vllm' ? { max_context_tokens: 6000 } : {}),
  })
  expect(service.refused()).toBe(1)

  await talking.session.send('and now?')
  await talking.until('text')
  await talking.until('awaiting_input')
  expect(service.refused()).toBe(1)

  const { runId } = talking.session
  const again = await runtime.restart()
  await clientOf(again).sendRunInput(runId!, 'and after a restart?')
  await service.upstream.seen(5)
  expect(service.refused()).toBe(1)
})

it('a conversation that has become too long is compacted and goes on, whether or not that was enabled', async () => {
  const service = await aService({
    window: 6000,
    says: 'vllm',
    answer: (request, n) =>
      openaiText(/You write summaries/.test(JSON.stringify(request.body)) ? 'SUMMARY' : `a${n} ${'z'.repeat(3000)}`),
  })
  const runtime = await start(service, { env: { LOOMCYCLE_GUESSED_WINDOW_TOKENS: '100000' } })
  const talking = converse(clientOf(runtime), 'worker', 'one')
  await talking.until('awaiting_input')
  for (let n = 0; n < 10; n++) {
    await talking.session.send(`more ${n}`)
    await talking.until('steer', (event) => event.user_input?.text === `more ${n}`)
    await talking.until('awaiting_input')
  }
  expect(talking.types()).not.toContain('error')
  expect(talking.types()).toContain('context_compaction')
  expect(talking.events.filter((event) => event.type === 'request_adjusted')).not.toHaveLength(0)
})

it('a message longer than the window is shown with its beginning and its end, and that is said', async () => {
  const service = await aService({ window: 8000, says: 'vllm', answer: () => openaiText('ok') })
  const runtime = await start(service, { config: { agents: agent(), windows: { small: 8000 } } })
  const talking = converse(clientOf(runtime), 'worker', `BEGIN${'y'.repeat(2_400_000)}END`)
  await talking.until('awaiting_input')
  expect(talking.text()).toBe('ok')
  expect(service.refused()).toBe(0)
  expect(talking.events.filter((event) => event.type === 'request_adjusted')).toMatchObject([
    { request_adjusted: { cause: 'said_too_long', done: 'shortened' } },
  ])
  const [request] = service.upstream.requests
  expect(JSON.stringify(request!.body.messages)).toMatch(/BEGINy+.{2}\[… \d+ of 2400008 characters.*"ref.{1,5}said-1-1/)
})

it('a picture that the service refuses is left out, the model is asked again, and that is said', async () => {
  let pictures = 0
  const upstream = await startFakeUpstream({
    script: (request) => {
      if (!JSON.stringify(request.body).includes('image_url')) return openaiText('without')
      pictures++
      return statusReply(400, {
        error: { message: 'You uploaded an unsupported image.', code: 'invalid_image_format' },
      })
    },
  })
  onTestFinished(() => upstream.close())
  const provider = createOpenAi({ id: 'openai', baseUrl: upstream.url, service: 'compatible' })
  const runtime = await startRuntime({ providers: [provider], config: { agents: agent({ model: 'gemma3' }) } })
  const client = clientOf(runtime)
  const session = client.interactiveSession({
    agent: 'worker',
    segments: [{ role: 'user', content: [{ type: 'trusted-text', text: 'look' }, aPicture] }],
  })
  const talking = Object.assign(new Reader(session.events()), { session })
  await talking.until('awaiting_input')
  await session.send('again')
  await talking.until('steer', (event) => event.user_input?.text === 'again')
  await talking.until('awaiting_input')
  expect(talking.text()).toBe('withoutwithout')
  expect(pictures).toBe(1)
  expect(talking.events.filter((event) => event.type === 'request_adjusted')).toMatchObject([
    { request_adjusted: { cause: 'unreadable_picture', done: 'left_out', pictures: 'new' } },
  ])
  expect(JSON.stringify(upstream.requests.at(-1)!.body)).toContain('A picture was here')
})

it('is asked again once; a service that refuses whatever it is sent is believed', async () => {
  const upstream = await startFakeUpstream({
    script: (_request) =>
      upstream.requests.length === 1
        ? openaiToolCall('dump', {})
        : statusReply(400, { error: { message: 'prompt is too long: 40000 tokens > 8000 maximum' } }),
  })
  onTestFinished(() => upstream.close())
  const provider = createOpenAi({ id: 'openai', baseUrl: upstream.url, service: 'compatible' })
  const runtime = await startRuntime({ providers: [provider], tools: [dump(30_000)], config: { agents: agent() } })
  const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'worker', segments: say('hello') }))
  await reader.toEnd()
  expect(reader.events.at(-1)).toMatchObject({ type: 'error' })
  expect(upstream.requests).toHaveLength(3)
})

it('what cannot be made shorter is not asked for again', async () => {
  const upstream = await startFakeUpstream({
    script: () => statusReply(400, { error: { message: 'prompt is too long: 9000 tokens > 8000 maximum' } }),
  })
  onTestFinished(() => upstream.close())
  const provider = createOpenAi({ id: 'openai', baseUrl: upstream.url, service: 'compatible' })
  const runtime = await startRuntime({ providers: [provider], config: { agents: agent() } })
  const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'worker', segments: say('hello') }))
  await reader.toEnd()
  expect(reader.events.at(-1)).toMatchObject({ type: 'error' })
  expect(reader.types()).not.toContain('request_adjusted')
  expect(upstream.requests).toHaveLength(1)
})

it('reads on in what was said and what tools answered in its own conversation, and in nothing else', async () => {
  const ask = (ref: string, more = {}) => ({ name: 'Context', input: { op: 'read_on', ref, ...more } })
  const results = ({ messages }: ModelRequest) =>
    messages.at(-1)!.content.flatMap((block) => (block.type === 'tool_result' ? [block] : []))
  let first = ''
  const reading: ScriptedModel = (request) => {
    const [answered] = results(request)
    if (!answered) return { tool_calls: [{ name: 'dump', input: {} }] }
    if (answered.name === 'dump') {
      const { tool_use_id } = answered
      first ||= tool_use_id
      return {
        tool_calls: [
          ask('said-1-1', { offset: 4, limit: 3 }),
          ask(tool_use_id, { limit: 6 }),
          ask(tool_use_id, { offset: 50_006 }),
          ...[first, 'said-2-1', 'said-1-9', 'nothing'].filter((ref) => ref !== tool_use_id).map((ref) => ask(ref)),
        ],
      }
    }
    return {
      text: results(request)
        .map((block) => block.text)
        .join('\n'),
    }
  }
  const runtime = await startRuntime({ models: { reading }, tools: [dump(50_000)] })
  const client = clientOf(runtime)
  const texts: string[][] = []
  for (let n = 0; n < 2; n++) {
    const reader = new Reader(client.runStreaming({ agent: 'reading', segments: say('one two three') }))
    await reader.toEnd()
    texts.push(reader.text().split('\n'))
  }
  expect(texts[0]!.slice(0, 3).map((text) => JSON.parse(text))).toEqual([
    { ref: 'said-1-1', text: 'two', offset: 4, total_chars: 13, next_offset: 7 },
    { ref: first, text: 'BEGINx', offset: 0, total_chars: 50_008, next_offset: 6 },
    { ref: first, text: 'ND', offset: 50_006, total_chars: 50_008 },
  ])
  expect(texts[0]!.slice(3)).toHaveLength(3)
  // What the run before was answered is another conversation's.
  expect(texts[1]!.slice(3)).toHaveLength(4)
  for (const text of [...texts[0]!.slice(3), ...texts[1]!.slice(3)]) expect(text).toContain('there is nothing of ref')
})
