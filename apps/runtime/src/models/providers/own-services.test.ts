import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadIn } from '../../ground/config/testing/loaded.ts'
import { type FakeUpstream, startFakeUpstream, statusReply, type UpstreamRequest } from '../../testing/fake-upstream.ts'
import type { Message, ModelRequest } from './provider.ts'
import { createProviders } from './registry.ts'
import { openaiFrames, openaiSse } from './testing/openai-wire.ts'
import { type Reply, sseReply } from './testing/reply.ts'
import { aRequest, aTool, aUser, callsOf, collect, textOf } from './testing/requests.ts'

const KEY = 'key-of-a-test-service'
const keys = { OPENROUTER_API_KEY: KEY, GROQ_API_KEY: KEY, MISTRAL_API_KEY: KEY, XAI_API_KEY: KEY }
const root = join(import.meta.dirname, '../../../../..')

type Frame = Record<string, unknown>
type Body = Record<string, unknown> & { messages: Record<string, unknown>[] }

/** What a service refuses, how it words a turn, and what has to arrive in its own words. */
interface Spoken {
  refuses(body: Body): unknown
  words?(frames: Frame[]): Frame[]
  sent: Record<string, unknown>
}

const inDeltas = (from: string, to: string) => (frames: Frame[]) =>
  JSON.parse(JSON.stringify(frames).replaceAll(`"${from}"`, `"${to}"`)) as Frame[]
const has = (body: Body, ...members: string[]) => members.some((member) => member in body)
const idsOf = (body: Body) =>
  body.messages.flatMap(({ tool_calls = [], tool_call_id }) => [
    ...(tool_calls as { id: string }[]).map(({ id }) => id),
    ...(tool_call_id === undefined ? [] : [String(tool_call_id)]),
  ])

const services: Record<string, Spoken> = {
  openrouter: {
    refuses: (body) => has(body, 'reasoning_effort') || has(body, 'max_completion_tokens'),
    words: inDeltas('reasoning_content', 'reasoning'),
    sent: { reasoning: { effort: 'high' }, max_tokens: 900, stream_options: { include_usage: true } },
  },
  groq: {
    refuses: (body) => has(body, 'max_tokens', 'frequency_penalty') || body.messages.some((one) => 'reasoning' in one),
    words: (frames) =>
      inDeltas(
        'reasoning_content',
        'reasoning',
      )(frames).map(({ usage, ...frame }) => ({ ...frame, x_groq: { usage } })),
    sent: { max_completion_tokens: 900, reasoning_effort: 'high', seed: 7 },
  },
  mistral: {
    refuses: (body) =>
      has(body, 'stream_options', 'seed', 'reasoning_effort') || idsOf(body).some((id) => !/^[a-zA-Z0-9]{9}$/.test(id)),
    words: (frames) =>
      JSON.parse(
        JSON.stringify(frames).replaceAll(
          /"content":null,"reasoning_content":"([^"]*)"/g,
          '"content":[{"type":"thinking","thinking":[{"type":"text","text":"$1"}]}]',
        ),
      ),
    sent: { random_seed: 7, max_tokens: 900, frequency_penalty: 0.5 },
  },
  xai: {
    refuses: (body) => has(body, 'stop', 'frequency_penalty', 'presence_penalty'),
    sent: { seed: 7, max_tokens: 900 },
  },
  lmstudio: {
    refuses: (body) => has(body, 'reasoning_effort'),
    words: inDeltas('reasoning_content', 'reasoning'),
    sent: { stop: ['END'], frequency_penalty: 0.5 },
  },
  llamacpp: {
    refuses: (body) =>
      has(body, 'tools') || body.messages.some(({ role, tool_calls }) => role === 'tool' || tool_calls),
    sent: { max_tokens: 900 },
  },
  vllm: {
    refuses: (body) => !has(body, 'chat_template_kwargs'),
    sent: { chat_template_kwargs: { enable_thinking: true }, reasoning_effort: 'high' },
  },
}

const call = { type: 'tool_use' as const, id: 'lc-1-0', name: 'look', input: { at: 'home' } }
const result = { type: 'tool_result' as const, tool_use_id: 'lc-1-0', name: 'look', text: 'A cat.', is_error: false }
const messages: Message[] = [
  aUser('Where?'),
  { role: 'assistant', content: [{ type: 'text', text: 'Looking.' }, call], reasoning: 'I should look.' },
  { role: 'user', content: [result] },
]
const asked: Partial<ModelRequest> = {
  messages,
  tools: [aTool('look')],
  maxTokens: 900,
  effort: 'high',
  sampling: { seed: 7, stop: ['END'], frequency_penalty: 0.5 },
}
const turn = {
  thinking: 'Hmm.',
  text: 'A cat.',
  calls: [{ id: 'a1b2c3d4e', name: 'look', input: { at: 'home' } }],
  usage: { input: 12, output: 3 },
}

describe('the services of examples/providers', () => {
  let upstream: FakeUpstream
  let reply: (request: UpstreamRequest) => Reply
  beforeEach(async () => {
    upstream = await startFakeUpstream({ script: (request) => reply(request) })
  })
  afterEach(() => upstream.close())

  const createAll = async () => {
    const { providers } = await loadIn(root, { ...keys, LOOMCYCLE_CONFIG_FILES: 'examples/providers/agents.yaml' })
    const here = Object.entries(providers).map(([id, access]) => [id, { ...access, baseUrl: upstream.url }] as const)
    return createProviders(Object.fromEntries(here))
  }

  it('are all tried here', async () => {
    expect([...(await createAll()).keys()]).toEqual(Object.keys(services))
  })

  it.each(Object.entries(services))('%s is spoken to as it wants it', async (id, { refuses, words, sent }) => {
    reply = ({ body }) => {
      if (refuses(body)) return statusReply(422, { error: { message: 'Extra inputs are not permitted' } })
      const frames = openaiFrames(turn)
      return sseReply(openaiSse(words ? words(frames) : frames))
    }
    const provider = (await createAll()).get(id)!
    const events = await collect(provider.stream(aRequest(asked), AbortSignal.any([])))
    expect(textOf(events, 'thinking')).toBe('Hmm.')
    expect(textOf(events)).toBe('A cat.')
    expect(callsOf(events)).toEqual([{ id: 'a1b2c3d4e', name: 'look', input: { at: 'home' } }])
    expect(events.at(-1)).toMatchObject({
      type: 'done',
      stop_reason: 'tool_use',
      usage: { input_tokens: 12, output_tokens: 3, provider: id },
    })
    const { body, headers } = upstream.requests[0]!
    expect(body).toMatchObject(sent)
    expect(headers.authorization).toBe(`${id.toUpperCase()}_API_KEY` in keys ? `Bearer ${KEY}` : undefined)
  })

  it('are asked in an order that they take, where somebody has spoken right after a result', async () => {
    const said: Message = { role: 'user', content: [result, { type: 'text', text: 'And a dog?' }] }
    reply = () => sseReply(openaiSse(openaiFrames({ text: 'No.' })))
    const all = await createAll()
    const roles: Record<string, string> = {}
    for (const [id, provider] of all) {
      const request = aRequest({ ...asked, messages: [...messages.slice(0, 2), said] })
      await collect(provider.stream(request, AbortSignal.any([])))
      roles[id] = upstream.requests
        .at(-1)!
        .body.messages.map((one: { role: string }) => one.role[0])
        .join('')
    }
    // s(ystem), u(ser), a(ssistant), t(ool)
    expect(roles).toEqual({
      ...{ openrouter: 'suatu', groq: 'suatu', xai: 'suatu', lmstudio: 'suatu', vllm: 'suatu' },
      ...{ mistral: 'suatau', llamacpp: 'suau' },
    })
  })

  it('have what was called told in words where they call nothing', async () => {
    reply = () => sseReply(openaiSse(openaiFrames({ text: 'A cat.' })))
    await collect((await createAll()).get('llamacpp')!.stream(aRequest(asked), AbortSignal.any([])))
    expect(upstream.requests[0]?.body.messages.slice(1)).toEqual([
      { role: 'user', content: 'Where?' },
      { role: 'assistant', content: 'Looking.\n\n[called look with {"at":"home"}]' },
      { role: 'user', content: '[result] A cat.' },
    ])
  })

  it('are shown their thinking again in the member that they have for it', async () => {
    reply = () => sseReply(openaiSse(openaiFrames({ text: 'A cat.' })))
    const all = await createAll()
    for (const id of ['openrouter', 'vllm']) {
      await collect(all.get(id)!.stream(aRequest(asked), AbortSignal.any([])))
    }
    const [router, other] = upstream.requests.map(({ body }) => body.messages[2])
    expect(router).toMatchObject({ reasoning: 'I should look.' })
    expect(JSON.stringify(other)).not.toContain('I should look.')
  })

  it('name the variable of a key that is refused', async () => {
    reply = () => statusReply(401, { error: { message: `Incorrect API key: ${KEY}` } })
    const events = await collect((await createAll()).get('groq')!.stream(aRequest(), AbortSignal.any([])))
    expect(events.at(-1)).toMatchObject({
      error: {
        message: 'groq 401: Incorrect API key: [redacted] — set GROQ_API_KEY to a valid key and start again',
      },
    })
  })
})

describe('headers of a service', () => {
  it('are sent, and never said', async () => {
    const upstream = await startFakeUpstream({
      script: ({ headers }) => statusReply(400, `${headers['x-team']} ${headers.authorization}`),
    })
    const quirks = { omit: [], rename: {}, extra: {}, takesTools: true }
    const own = { headers: { 'X-Team': 'secret-of-the-team' }, quirks }
    const gate = createProviders({ gate: { apiKey: KEY, baseUrl: upstream.url, own } }).get('gate')!
    const events = await collect(gate.stream(aRequest(), AbortSignal.any([])))
    expect(events.at(-1)).toMatchObject({ error: { message: 'gate 400: [redacted] Bearer [redacted]' } })
    await upstream.close()
  })
})
