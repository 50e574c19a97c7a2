import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type FakeUpstream,
  startFakeUpstream,
  statusReply,
  type UpstreamRequest,
} from '../../../testing/fake-upstream.ts'
import { openaiFrames, openaiSse } from '../testing/openai-wire.ts'
import { type Reply, sseReply } from '../testing/reply.ts'
import { aRequest, collect, textOf } from '../testing/requests.ts'
import { createOpenAi } from './index.ts'

const never = AbortSignal.any([])
const answer = () => sseReply(openaiSse(openaiFrames({ text: 'Hi.' })))
const unsupported = (name: string, more = '') =>
  statusReply(400, {
    error: { message: `Unsupported parameter: '${name}' is not supported with this model.${more}`, param: name },
  })
const refusals: [string, string | undefined, (body: UpstreamRequest['body']) => Reply | undefined][] = [
  [
    'max_tokens',
    'max_completion_tokens',
    (body) => ('max_tokens' in body ? unsupported('max_tokens', " Use 'max_completion_tokens' instead.") : undefined),
  ],
  [
    'stream_options',
    undefined,
    (body) =>
      'stream_options' in body
        ? statusReply(422, {
            detail: [
              { type: 'extra_forbidden', loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' },
            ],
          })
        : undefined,
  ],
]

describe('a member of a request that a service refuses', () => {
  let upstream: FakeUpstream
  let reply: (request: UpstreamRequest) => Reply
  beforeEach(async () => {
    upstream = await startFakeUpstream({ script: (request) => reply(request) })
  })
  afterEach(() => upstream.close())

  const provider = () => createOpenAi({ id: 'gate', baseUrl: upstream.url, service: 'compatible' })
  const membersSent = () => upstream.requests.map(({ body }) => Object.keys(body))

  it.each(refusals)('is not sent again: %s', async (name, other, refuses) => {
    reply = ({ body }) => refuses(body) ?? answer()
    const gate = provider()
    const ask = async (model: string) => collect(gate.stream(aRequest({ model, maxTokens: 900 }), never))
    for (const model of ['m', 'm', 'n']) expect(textOf(await ask(model))).toBe('Hi.')
    expect(membersSent().map((members) => members.includes(name))).toEqual([true, false, false, true, false])
    if (other) expect(upstream.requests.map(({ body }) => body[other])).toEqual([undefined, 900, 900, undefined, 900])
  })

  it('is left alone where it is only spoken of', async () => {
    reply = () => statusReply(400, { error: { message: 'max_tokens is too large: 900, which is not supported' } })
    const events = await collect(provider().stream(aRequest({ maxTokens: 900 }), never))
    expect(events).toHaveLength(1)
    expect(upstream.requests).toHaveLength(1)
  })

  it('is named with what can be done, where somebody has asked for it', async () => {
    reply = () => unsupported('temperature')
    const failureOf = async (one: ReturnType<typeof createOpenAi>, sampling = { temperature: 0.2 }) =>
      (await collect(one.stream(aRequest({ sampling }), never))).at(-1)
    const quirks = { omit: [], rename: {}, extra: {}, takesTools: true }
    const own = createOpenAi({ id: 'gate', baseUrl: upstream.url, service: 'compatible', quirks })
    const message = (advice: string) => ({ error: { message: expect.stringContaining(advice) } })
    expect(await failureOf(own)).toMatchObject(message('model. — providers.gate can leave temperature out, by omit'))
    expect(await failureOf(provider())).toMatchObject(message('an entry under providers can leave temperature out'))
    expect(await failureOf(own, {} as never)).not.toMatchObject(message('omit'))
  })
})
