import { describe, expect, it, onTestFinished } from 'vitest'
import { startFakeUpstream, statusReply } from '../../../../testing/fake-upstream.ts'
import type { Message, ModelRequest } from '../../provider.ts'
import { aRequest, aTool, aToolExchange, aUser, collect, textOf } from '../../testing/requests.ts'
import { responsesTurn } from '../../testing/responses-wire.ts'
import { createToolNames } from '../../tools/tool-names.ts'
import { createOpenAi } from '../index.ts'
import { toRequest } from './to-request.ts'

// biome-ignore lint/suspicious/noExplicitAny: looked into by name
const send = (changes: Partial<ModelRequest> = {}): any => {
  const request = aRequest({ model: 'gpt-5.1', ...changes })
  return toRequest(request, createToolNames(request.tools, request.messages), { service: 'openai' }, true)
}
const typesOf = (body: { input: { type: string; role?: string }[] }) =>
  body.input.map(({ type, role }) => (role ? `${type} of the ${role}` : type))
const thought = { type: 'reasoning', id: 'rs_1', summary: ['Hm.'], encrypted: 'sealed' }

describe('a request to OpenAI’s Responses', () => {
  it('is this, from end to end', () => {
    const reasoning = JSON.stringify([thought, { type: 'text', length: 8, phase: 'commentary' }, { type: 'call' }])
    const messages = aToolExchange('look', '', reasoning)
    const image = { type: 'image' as const, media_type: 'image/png', data: 'AAAA' }
    messages[2]!.content = [{ type: 'text', text: 'See' }, image, ...messages[2]!.content] as never
    expect(
      send({
        system: [{ text: 'One' }, { text: ' ' }, { text: 'Two' }],
        messages,
        tools: [aTool('look')],
        maxTokens: 900,
        effort: 'high',
        sampling: { temperature: 0, top_p: 0.5, seed: 7, stop: ['END'] },
      }),
    ).toEqual({
      model: 'gpt-5.1',
      instructions: 'One\n\nTwo',
      input: [
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Look it up' }] },
        {
          type: 'reasoning',
          id: 'rs_1',
          summary: [{ type: 'summary_text', text: 'Hm.' }],
          encrypted_content: 'sealed',
        },
        {
          type: 'message',
          role: 'assistant',
          phase: 'commentary',
          content: [{ type: 'output_text', text: 'Looking.', annotations: [] }],
        },
        { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{"at":"home"}' },
        { type: 'function_call_output', call_id: 'call_1', output: '(no output)' },
        {
          type: 'message',
          role: 'user',
          content: [
            { type: 'input_text', text: 'See' },
            { type: 'input_image', detail: 'auto', image_url: 'data:image/png;base64,AAAA' },
          ],
        },
      ],
      stream: true,
      store: false,
      include: ['reasoning.encrypted_content'],
      tools: [
        {
          type: 'function',
          name: 'look',
          description: 'Does look.',
          parameters: { type: 'object', properties: {} },
          strict: false,
        },
      ],
      max_output_tokens: 900,
      reasoning: { effort: 'high', summary: 'auto' },
    })
  })

  it.each([
    ['o3', 'high', 'high'],
    ['o3', 'minimal', 'low'],
    ['gpt-5', 'minimal', 'minimal'],
    ['gpt-5.1', 'minimal', 'low'],
    ['gpt-5.4', 'medium', 'medium'],
    ['gpt-5-pro', 'low', 'high'],
    ['gpt-5.2-pro', 'low', 'medium'],
    ['gpt-5.1', undefined, undefined],
  ] as const)('asks %s for effort %s as %s, tools or not', (model, effort, sent) => {
    const tools = [aTool('look')]
    expect(send({ model, tools, ...(effort && { effort }) }).reasoning).toEqual({
      ...(sent && { effort: sent }),
      summary: 'auto',
    })
  })

  it('asks for no fewer tokens than are taken', () => {
    expect(send({ maxTokens: 3 }).max_output_tokens).toBe(16)
    expect(send()).not.toHaveProperty('max_output_tokens')
  })

  it('keeps thoughts where they were, in front where the words have changed, and never at the end', () => {
    const parts = (...all: object[]) => typesOf(send({ messages: aToolExchange('look', 'ok', JSON.stringify(all)) }))
    const [user, message, call, output] = [
      'message of the user',
      'message of the assistant',
      'function_call',
      'function_call_output',
    ]
    expect(parts({ type: 'text', length: 8 }, thought, { type: 'call' })).toEqual([
      user,
      message,
      'reasoning',
      call,
      output,
    ])
    expect(parts({ type: 'text', length: 9 }, thought, { type: 'call' })).toEqual([
      user,
      'reasoning',
      message,
      call,
      output,
    ])
    const cut: Message = {
      role: 'assistant',
      content: [{ type: 'text', text: 'Hi' }],
      reasoning: JSON.stringify([{ type: 'text', length: 2 }, thought]),
    }
    expect(typesOf(send({ messages: [aUser('Hello'), cut, aUser('And?')] }))).toEqual([user, message, user])
  })
})

describe('models of OpenAI that reason', () => {
  const openai = async () => {
    const upstream = await startFakeUpstream()
    onTestFinished(() => upstream.close())
    return { upstream, provider: createOpenAi({ apiKey: 'k', baseUrl: upstream.url, service: 'openai' }) }
  }
  const ask = (provider: ReturnType<typeof createOpenAi>, model: string) =>
    collect(provider.stream(aRequest({ model }), AbortSignal.any([])))

  it('are spoken to by Responses, and the others by chat completions', async () => {
    const { upstream, provider } = await openai()
    upstream.enqueue(...Array.from({ length: 6 }, () => statusReply(500, 'enough')))
    for (const model of ['o3', 'gpt-5.1', 'gpt-5-mini', 'gpt-4.1', 'gpt-5-chat-latest', 'gpt-4o']) {
      await ask(provider, model)
    }
    const [responses, completions] = ['/v1/responses', '/v1/chat/completions']
    expect(upstream.requests.map(({ path }) => path)).toEqual([
      ...[responses, responses, responses],
      ...[completions, completions, completions],
    ])
  })

  it('do not tell their thoughts where that is refused, and are not asked to again', async () => {
    const { upstream, provider } = await openai()
    const message = 'Your organization must be verified to generate reasoning summaries.'
    upstream.enqueue(statusReply(400, { error: { message, code: 'unsupported_value', param: 'reasoning.summary' } }))
    upstream.enqueue(responsesTurn({ text: 'One.' }), responsesTurn({ text: 'Two.' }))
    expect(textOf(await ask(provider, 'o3'))).toBe('One.')
    expect(textOf(await ask(provider, 'o3'))).toBe('Two.')
    const summaries = upstream.requests.map(({ body }) => body.reasoning?.summary)
    expect(summaries).toEqual(['auto', undefined, undefined])
  })
})
