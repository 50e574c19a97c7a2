import { describe, expect, it } from 'vitest'
import type { Message, ModelRequest } from '../provider.ts'
import { aRequest, aTool, aToolExchange, aUser } from '../testing/requests.ts'
import { createToolNames } from '../tools/tool-names.ts'
import { type ModelAbilities, toRequest } from './to-request.ts'

const plain: ModelAbilities = { thinks: false, hasLevels: false, sees: false }

// biome-ignore lint/suspicious/noExplicitAny: looked into by name
const send = (changes: Partial<ModelRequest> = {}, abilities: Partial<ModelAbilities> = {}): any => {
  const request = aRequest({ model: 'qwen3:14b', ...changes })
  return toRequest(request, createToolNames(request.tools, request.messages), { ...plain, ...abilities })
}
const image = { type: 'image' as const, media_type: 'image/png', data: 'AAAA' }

describe('a request to Ollama', () => {
  it('is as small as it can be', () => {
    expect(send()).toEqual({
      model: 'qwen3:14b',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
      stream: true,
      truncate: false,
      shift: false,
    })
  })

  it('shows tools, calls, results, thinking and pictures', () => {
    const input_schema = {
      type: 'object',
      properties: { at: { type: 'string', description: 'Where.' } },
      required: ['at'],
    }
    const messages: Message[] = [
      ...aToolExchange('look', 'found', 'I should look.'),
      { role: 'assistant', content: [{ type: 'text', text: 'Found.' }] },
      { role: 'user', content: [{ type: 'text', text: 'And this?' }, image] },
    ]
    const body = send({ messages, tools: [aTool('look', input_schema)] }, { sees: true })
    expect(body.tools).toEqual([
      { type: 'function', function: { name: 'look', description: 'Does look.', parameters: input_schema } },
    ])
    expect(body.messages.slice(1)).toEqual([
      { role: 'user', content: 'Look it up' },
      {
        role: 'assistant',
        content: 'Looking.',
        thinking: 'I should look.',
        tool_calls: [{ id: 'call_1', function: { name: 'look', arguments: { at: 'home' } } }],
      },
      { role: 'tool', content: 'found', tool_name: 'look', tool_call_id: 'call_1' },
      { role: 'assistant', content: 'Found.' },
      { role: 'user', content: 'And this?', images: ['AAAA'] },
    ])
  })

  it('has results in the order of their calls, whatever order they came in', () => {
    const messages: Message[] = [
      aUser('Both'),
      { role: 'assistant', content: ['a', 'b'].map((id) => ({ type: 'tool_use', id, name: `look_${id}`, input: {} })) },
      {
        role: 'user',
        content: ['b', 'a'].map((id) => ({
          type: 'tool_result',
          tool_use_id: id,
          name: `look_${id}`,
          text: `found ${id}`,
          is_error: false,
        })),
      },
    ]
    const results = send({ messages }).messages.slice(-2)
    expect(results.map((result: { content: string }) => result.content)).toEqual(['found a', 'found b'])
  })

  it('says that there was a picture to a model that sees none', () => {
    const [, user] = send({ messages: [{ role: 'user', content: [image] }] }).messages
    expect(user).toEqual({ role: 'user', content: '[An image was here, which this model cannot see.]' })
  })

  it('draws, stops and loads as it is told', () => {
    const sampling = {
      temperature: 0,
      top_p: 0.5,
      top_k: 4,
      frequency_penalty: 1,
      presence_penalty: -1,
      seed: 7,
      stop: ['END', ''],
    }
    expect(send({ sampling, maxTokens: 5 }, { contextTokens: 8192 }).options).toEqual({
      ...sampling,
      stop: ['END'],
      num_predict: 5,
      num_ctx: 8192,
    })
  })

  it.each([
    ['minimal', {}, undefined],
    ['high', {}, undefined],
    [undefined, { thinks: true }, undefined],
    ['minimal', { thinks: true }, false],
    ['low', { thinks: true }, false],
    ['medium', { thinks: true }, true],
    ['high', { thinks: true }, true],
    ['minimal', { thinks: true, hasLevels: true }, 'low'],
    ['medium', { thinks: true, hasLevels: true }, 'medium'],
  ] as const)('the effort %s of a model with %j is to think %s', (effort, abilities, think) => {
    expect(send({ ...(effort && { effort }) }, abilities).think).toBe(think)
  })

  it('describes members in the words that the server hands on', () => {
    const schema = {
      oneOf: [
        { properties: { op: { const: 'get' }, id: { $ref: '#/$defs/Id' }, free: true }, required: ['op'] },
        { properties: { op: { const: 'list' }, kind: { oneOf: [{ const: 'a' }, { type: 'integer' }] } } },
      ],
      $defs: { Id: { type: 'string', description: 'Which.' } },
    }
    expect(send({ tools: [aTool('look', schema)] }).tools[0].function.parameters).toEqual({
      type: 'object',
      properties: {
        op: { type: 'string', enum: ['get', 'list'] },
        id: { type: 'string', description: 'Which.' },
        free: {},
        kind: { anyOf: [{ type: 'string', enum: ['a'] }, { type: 'integer' }] },
      },
    })
  })
})
