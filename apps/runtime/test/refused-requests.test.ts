import { expect, it, onTestFinished } from 'vitest'
import { type AgentDefinition, plainAgent } from '../src/ground/config/config.ts'
import { createAnthropic } from '../src/models/providers/anthropic/index.ts'
import { ollamaLocal } from '../src/models/providers/ollama/services.ts'
import { createOpenAi } from '../src/models/providers/openai/index.ts'
import { aPicture } from '../src/testing/a-picture.ts'
import {
  anthropicTurn,
  ollamaText,
  openaiText,
  openaiToolCall,
  openaiTurn,
  type Reply,
  startFakeUpstream,
  statusReply,
  type UpstreamRequest,
} from '../src/testing/fake-upstream.ts'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

type Answer = (request: UpstreamRequest, n: number) => Reply

interface Surroundings {
  agent?: Partial<AgentDefinition>
  env?: Record<string, string>
  windows?: Record<string, number>
}

/** A conversation with a service, of which each turn is said and awaited. */
async function talk(answer: Answer, { agent, env = {}, windows = {} }: Surroundings = {}) {
  let n = 0
  const upstream = await startFakeUpstream({ script: (request) => answer(request, ++n) })
  onTestFinished(() => upstream.close())
  const providers = [
    createOpenAi({ id: 'openai', baseUrl: upstream.url, service: 'compatible' }),
    createAnthropic({ apiKey: 'key-of-test', baseUrl: upstream.url }),
    ollamaLocal.create({ baseUrl: upstream.url }, {}),
  ]
  const worker: AgentDefinition = {
    ...plainAgent,
    name: 'worker',
    source: 'file',
    provider: 'openai',
    model: 'gemma3',
    ...agent,
  }
  const runtime = await startRuntime({ providers, config: { agents: { worker }, windows }, env })
  const client = clientOf(runtime)
  let reader: (Reader & { session: ReturnType<typeof client.interactiveSession> }) | undefined
  return {
    upstream,
    /** What came of saying this. */
    async turn(text: string, pictures = 0) {
      const content = [...say(text)[0]!.content, ...Array(pictures).fill(aPicture)]
      const segments = [{ role: 'user' as const, content }]
      const from = reader?.events.length ?? 0
      if (reader) {
        await reader.session.send({ segments })
        await reader.until('steer', (event) => event.user_input?.text === text)
      } else {
        const session = client.interactiveSession({ agent: 'worker', segments })
        reader = Object.assign(new Reader(session.events()), { session })
      }
      await reader.until('awaiting_input')
      const events = reader.events.slice(from)
      return {
        text: events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join(''),
        errors: events.flatMap((event) => (event.type === 'error' ? [event.error] : [])),
        adjusted: events.flatMap((event) => (event.type === 'request_adjusted' ? [event.request_adjusted] : [])),
        compacted: events.some((event) => event.type === 'context_compaction'),
      }
    },
  }
}

const refuse = (message: string, status = 400) => statusReply(status, { error: { message, type: 'BadRequestError' } })
const picturesIn = ({ text }: UpstreamRequest) => text.split('data:image/png').length - 1
const isForSummary = ({ text }: UpstreamRequest) => text.includes('You write summaries')

it.each([
  ['At most 1 image(s) may be provided in one request.', 1],
  ['Too many images and documents: 3 + 0 > 2', 2],
  ['Max images exceeded', 1],
])('more pictures than a service takes are left out from the front: %s', async (words, most) => {
  const { turn, upstream } = await talk((request) =>
    picturesIn(request) > most ? refuse(words) : openaiText(`sees ${picturesIn(request)}`),
  )
  expect(await turn('one', 1)).toMatchObject({ text: 'sees 1', adjusted: [] })
  expect(await turn('and these', 2)).toMatchObject({
    text: `sees ${most}`,
    errors: [],
    adjusted: [{ cause: 'too_many_pictures', done: 'left_out', pictures_kept: most }],
  })
  const content = upstream.requests.at(-1)!.body.messages.at(-1).content
  expect(content.at(-1)).toMatchObject({ type: 'image_url' })
  expect(await turn('and in words')).toMatchObject({ text: `sees ${most}`, adjusted: [] })
  expect(await turn('and one more', 1)).toMatchObject({ text: `sees ${most}`, errors: [], adjusted: [{}] })
})

it('a proxy that finds a request too large gets it without its pictures, and then shorter', async () => {
  const tooLarge = statusReply(413, '<html><head><title>413 Request Entity Too Large</title></head></html>')
  const { turn } = await talk((request) =>
    picturesIn(request) > 0 || request.text.length > 40_000 ? tooLarge : openaiText('ok'),
  )
  expect(await turn('look', 1)).toMatchObject({
    text: 'ok',
    adjusted: [{ cause: 'unreadable_picture', pictures: 'new' }],
  })
  expect(await turn('y'.repeat(50_000))).toMatchObject({ text: 'ok', adjusted: [{ cause: 'too_long' }, {}] })
  expect(await turn('look again', 1)).toMatchObject({ text: 'ok', errors: [] })
})

it('thinking that a service does not take back is left out, and what it thinks afterwards is shown to it', async () => {
  let bound = 'first'
  const { turn, upstream } = await talk(
    ({ text }, n) => {
      const isOld = /"signature":"(.*?)"/g
      const signed = [...text.matchAll(isOld)].map(([, signature]) => signature)
      if (signed.some((signature) => signature !== bound)) {
        return refuse('messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to another.')
      }
      return anthropicTurn({ thinking: 'Hm.', signature: bound, text: `answer ${n}` })
    },
    { agent: { provider: 'anthropic', model: 'claude-sonnet-4-5', effort: 'high' } },
  )
  await turn('one')
  expect(await turn('two')).toMatchObject({ errors: [], adjusted: [] })
  bound = 'second'
  expect(await turn('three')).toMatchObject({
    text: 'answer 4',
    errors: [],
    adjusted: [{ cause: 'refused_thinking', done: 'left_out' }],
  })
  expect(await turn('four')).toMatchObject({ errors: [], adjusted: [] })
  expect(upstream.requests.at(-1)!.text.match(/"signature"/g)).toHaveLength(1)
})

/** As vLLM counts: what is read and the longest answer that is asked for are to fit together. */
const holding =
  (window: number, usage?: { input: number }): Answer =>
  (request, n) => {
    const asked = Math.ceil(JSON.stringify(request.body.messages).length / 4)
    const answer = request.body.max_tokens ?? 0
    if (asked + answer > window) {
      return refuse(
        `'max_tokens' or 'max_completion_tokens' is too large: ${answer}. This model's maximum context length is ${window} tokens and your request has ${asked} input tokens (${answer} > ${window} - ${asked}).`,
      )
    }
    const text = isForSummary(request) ? 'SUMMARY' : `answer ${n} ${'z'.repeat(1500)}`
    return openaiTurn({ text, usage: usage ?? { input: asked, output: 400 } })
  }

it('a conversation goes on where the longest answer leaves it half of the window', async () => {
  const { turn } = await talk(holding(8192), { agent: { maxTokens: 4096 } })
  const turns = []
  for (let n = 0; n < 20; n++) turns.push(await turn(`more ${n} ${'y'.repeat(400)}`))
  expect(turns.flatMap(({ errors }) => errors)).toEqual([])
  expect(turns.some(({ compacted }) => compacted)).toBe(true)
})

it('where an answer of that length fits into no window, a shorter one is asked for', async () => {
  const { turn, upstream } = await talk(holding(8192), { agent: { maxTokens: 16_384 } })
  expect(await turn('hello')).toMatchObject({ errors: [], adjusted: [{ cause: 'too_long', max_context_tokens: 8192 }] })
  expect(upstream.requests.map(({ body }) => body.max_tokens)).toEqual([16_384, 4096])
  expect(await turn('and now?')).toMatchObject({ errors: [], adjusted: [] })
})

it.each([
  ['counts nothing', { input: 0 }],
  ['counts only what was not cached', { input: 12 }],
])('a conversation is compacted before its window is full where the service %s', async (_, usage) => {
  const { turn, upstream } = await talk(holding(8192, usage), {
    agent: { compaction: { enabled: true } },
    env: { LOOMCYCLE_GUESSED_WINDOW_TOKENS: '8192' },
  })
  const turns = []
  for (let n = 0; n < 20; n++) turns.push(await turn(`more ${n} ${'y'.repeat(400)}`))
  expect(turns.flatMap(({ errors, adjusted }) => [...errors, ...adjusted])).toEqual([])
  expect(turns.filter(({ compacted }) => compacted).length).toBeGreaterThan(0)
  expect(Math.max(...upstream.requests.map(({ text }) => text.length))).toBeLessThan(8192 * 4)
})

it('pictures that were seen before and are refused now are all left out', async () => {
  let reads = true
  const { turn } = await talk((request) =>
    !reads && picturesIn(request) > 0 ? refuse('Failed to load image') : openaiText(`sees ${picturesIn(request)}`),
  )
  await turn('one', 2)
  reads = false
  expect(await turn('and in words')).toMatchObject({
    text: 'sees 0',
    errors: [],
    adjusted: [{ cause: 'unreadable_picture', pictures: 'all' }],
  })
})

it('a model that takes no tools is asked without, now and later', async () => {
  const { turn, upstream } = await talk((request) =>
    request.body.tools ? refuse('gemma3:4b does not support tools') : openaiText('hello'),
  )
  expect(await turn('hi')).toMatchObject({ text: 'hello', errors: [], adjusted: [{ cause: 'refused_tools' }] })
  expect(await turn('and now?')).toMatchObject({ text: 'hello', errors: [], adjusted: [] })
  expect(upstream.requests.map(({ body }) => body.tools !== undefined)).toEqual([true, false, false])
})

it('a model of Ollama that takes no tools, or has too small a window, is asked otherwise', async () => {
  const { turn, upstream } = await talk(
    ({ body, text }) => {
      if (body.tools) return statusReply(400, { error: 'registry.ollama.ai/library/gemma3:4b does not support tools' })
      if (text.length > 20_000) return statusReply(400, { error: 'the input length exceeds the context length' })
      return ollamaText('hello')
    },
    { agent: { provider: 'ollama-local' } },
  )
  expect(await turn('hi')).toMatchObject({ text: 'hello', errors: [], adjusted: [{ cause: 'refused_tools' }] })
  expect(await turn('y'.repeat(30_000))).toMatchObject({
    text: 'hello',
    errors: [],
    adjusted: [{ cause: 'too_long' }, { cause: 'said_too_long' }],
  })
  expect(upstream.requests.every(({ path }) => path === '/api/chat')).toBe(true)
})

it('what a filter refuses fails its turn, and no turn after it', async () => {
  const { turn, upstream } = await talk((request) =>
    request.text.includes('rude') ? refuse('Content Exists Risk') : openaiText('polite'),
  )
  await turn('hello')
  expect(await turn('something rude', 1)).toMatchObject({
    text: '',
    errors: ['openai 400: Content Exists Risk (BadRequestError)'],
    adjusted: [{ cause: 'refused_words', done: 'left_out' }],
  })
  expect(await turn('something nice')).toMatchObject({ text: 'polite', errors: [], adjusted: [] })
  expect(upstream.requests.at(-1)!.body.messages.at(-1).content).toMatch(
    /^\[What was said here .*\]\n\nsomething nice$/,
  )
})

it('a result that a filter refuses fails its turn, and no turn after it', async () => {
  const { turn } = await talk((request, n) => {
    if (n === 1) return openaiToolCall('Context', { op: 'time' })
    const results = request.body.messages.filter((message: { role: string }) => message.role === 'tool')
    return results.every(({ content }: { content: string }) => content.includes('left out'))
      ? openaiText('polite')
      : refuse('Content Exists Risk')
  })
  const first = await turn('what time is it?')
  expect(first).toMatchObject({ errors: [expect.any(String)], adjusted: [{ cause: 'refused_words' }] })
  expect(await turn('and now?')).toMatchObject({ text: 'polite', errors: [], adjusted: [] })
})

it('a service that counts twice as many tokens as we do is understood at once', async () => {
  const { turn } = await talk((request) => {
    const asked = Math.ceil(JSON.stringify(request.body.messages).length / 2)
    return asked <= 6000
      ? openaiText('ok')
      : refuse(`This model's maximum context length is 6000 tokens. However, your request has ${asked} input tokens.`)
  })
  expect(await turn('y'.repeat(15_000))).toMatchObject({
    text: 'ok',
    errors: [],
    adjusted: [{ cause: 'too_long' }, {}],
  })
})

it('that a message is too long is said once, and not again when more of it has to go', async () => {
  const { turn } = await talk((_, n) => (n === 1 ? refuse('Context size has been exceeded.', 500) : openaiText('ok')), {
    windows: { gemma3: 8192 },
  })
  const { adjusted, text } = await turn('y'.repeat(50_000))
  expect(text).toBe('ok')
  expect(adjusted.map(({ cause } = {} as never) => cause)).toEqual(['said_too_long', 'too_long'])
})

it('each request of a run may be changed once, and once more when somebody has said something', async () => {
  const tooLong = refuse('prompt too long')
  const answers = [tooLong, openaiToolCall('Context', { op: 'time' }), tooLong, openaiText('one')]
  const { turn } = await talk((request) => (isForSummary(request) ? openaiText('SUMMARY') : answers.shift()!))
  const shorter = ({ adjusted }: Awaited<ReturnType<typeof turn>>) =>
    adjusted.filter((one) => one?.cause === 'too_long').length
  const first = await turn('y'.repeat(50_000))
  expect([first.text, first.errors, shorter(first)]).toEqual(['one', [], 2])
  answers.push(tooLong, tooLong)
  const second = await turn('y'.repeat(50_001))
  expect([second.errors, shorter(second)]).toEqual([[expect.stringContaining('too long')], 1])
  answers.push(tooLong, openaiText('three'))
  const third = await turn('go on')
  expect([third.text, third.errors, shorter(third)]).toEqual(['three', [], 1])
})

it('each turn may be changed once more', async () => {
  const { turn } = await talk((request) =>
    picturesIn(request) > 0 ? refuse('cannot identify image file') : openaiText('without'),
  )
  for (const text of ['one', 'two', 'three']) {
    expect(await turn(text, 1)).toMatchObject({ text: 'without', errors: [], adjusted: [{ pictures: 'new' }] })
  }
})
