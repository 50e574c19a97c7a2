import type { ChatCompletionBody } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import { fromOpenAi } from './from-openai.ts'

const hello = [{ role: 'user', content: 'Hello' }]
const from = (body: Partial<ChatCompletionBody> & Record<string, unknown>) =>
  fromOpenAi({ messages: hello, ...body } as ChatCompletionBody)
const said = (...messages: ChatCompletionBody['messages']) => from({ messages })

describe('a conversation', () => {
  it('has its system and developer messages apart, wherever they stand', () => {
    const request = said(
      { role: 'system', content: 'One' },
      { role: 'user', content: 'Hi' },
      { role: 'developer', content: [{ type: 'text', text: 'Two' }] },
      { role: 'user', content: 'Go on' },
    )
    expect(request.system).toEqual([{ text: 'One' }, { text: 'Two' }])
    expect(request.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hi' },
          { type: 'text', text: 'Go on' },
        ],
      },
    ])
  })

  it('has calls and their results together, with content null or not there', () => {
    const call = (id: string, args: unknown) => ({ id, type: 'function', function: { name: 'look', arguments: args } })
    const { messages } = said(
      { role: 'user', content: 'Look' },
      { role: 'assistant', content: null, tool_calls: [call('a', '{"at":1}'), call('b', '')] },
      { role: 'tool', tool_call_id: 'a', content: 'here' },
      { role: 'tool', tool_call_id: 'b', content: [{ type: 'text', text: 'there' }] },
      { role: 'assistant', content: 'Found.', reasoning_content: 'Hm.' },
    )
    const result = (id: string, text: string) => ({
      type: 'tool_result',
      tool_use_id: id,
      name: 'look',
      text,
      is_error: false,
    })
    expect(messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'a', name: 'look', input: { at: 1 } },
          { type: 'tool_use', id: 'b', name: 'look', input: {} },
        ],
      },
      { role: 'user', content: [result('a', 'here'), result('b', 'there')] },
      { role: 'assistant', content: [{ type: 'text', text: 'Found.' }], reasoning: 'Hm.' },
    ])
  })

  it('has pictures as data, and as nothing else', () => {
    const picture = (url: string) =>
      said({
        role: 'user',
        content: [
          { type: 'text', text: 'See' },
          { type: 'image_url', image_url: { url } },
        ],
      })
    expect(picture('data:image/png;base64,AAAA').messages[0]!.content[1]).toEqual({
      type: 'image',
      media_type: 'image/png',
      data: 'AAAA',
    })
    for (const url of ['https://example.com/cat.png', 'data:image/png;base64,', 'data:image/png;base64,@@@@']) {
      expect(() => picture(url)).toThrow(/^messages\.0\.content\.1\.image_url must be a data: URL/)
    }
  })

  it.each([null, '', []])('has the turn of a user who says %j', (content) => {
    expect(said({ role: 'user', content }).messages).toEqual([{ role: 'user', content: [{ type: 'text', text: '' }] }])
  })

  it.each([
    [[{ role: 'function', content: 'x' }], /^messages\.0\.role must be/],
    [[{ role: 'user', content: 7 }], /^messages\.0\.content must be text or a list/],
    [[{ role: 'user', content: [{ type: 'input_audio' }] }], /input_audio.* is not taken/],
    [[{ role: 'system', content: 'alone' }], /^messages must have one of the user/],
    [[{ role: 'tool', content: 'x' }], /^messages\.0\.tool_call_id is missing/],
    [[{ role: 'assistant', tool_calls: [{ id: 'a' }] }], /^messages\.0\.tool_calls\.0 must have/],
    [[{ role: 'assistant', tool_calls: 'x' }], /^messages\.0\.tool_calls must be a list/],
  ])('is refused where it is %j', (messages, why) => {
    expect(() => from({ messages: messages as never })).toThrow(why)
  })
})

describe('what is asked for besides', () => {
  it('is nothing where nothing is said, or what goes without saying', () => {
    const { sampling, ignored, tools, toolChoice, oneCall, format, maxTokens } = from({
      ...{ tools: [], tool_choice: 'auto', parallel_tool_calls: true, response_format: { type: 'text' }, stop: null },
      ...{ n: 1, logprobs: false, logit_bias: null },
    })
    expect({ sampling, ignored, tools, toolChoice, oneCall, format, maxTokens }).toEqual({
      sampling: {},
      ignored: [],
      tools: [],
    })
  })

  it('is kept, each in our own words', () => {
    const schema = { type: 'object' }
    expect(
      from({
        ...{ max_tokens: 5, max_completion_tokens: 9, temperature: 0, top_p: 0.5, seed: 3, stop: 'END' },
        ...{ tool_choice: { type: 'function', function: { name: 'f' } }, parallel_tool_calls: false },
        response_format: { type: 'json_schema', json_schema: { name: 'n', schema, strict: true } },
        tools: [{ type: 'function', function: { name: 'f', strict: true } }],
        reasoning_effort: 'xhigh',
      }),
    ).toMatchObject({
      maxTokens: 9,
      sampling: { temperature: 0, top_p: 0.5, seed: 3, stop: ['END'] },
      toolChoice: { name: 'f' },
      oneCall: true,
      format: { type: 'schema', name: 'n', schema, strict: true },
      tools: [{ name: 'f', description: '', input_schema: { type: 'object', properties: {} }, strict: true }],
      effort: 'high',
    })
    expect(from({ reasoning_effort: 'none', response_format: { type: 'json_object' } })).toMatchObject({
      effort: 'minimal',
      format: { type: 'json' },
    })
  })

  it('is named where nobody is told of it', () => {
    expect(from({ n: 2, logprobs: true, functions: [] }).ignored).toEqual(['n', 'logprobs', 'functions'])
  })

  it.each([
    [{ tool_choice: 'any' }, /^tool_choice must be/],
    [{ response_format: { type: 'xml' } }, /^response_format must be/],
    [{ response_format: { type: 'json_schema' } }, /^response_format must be/],
    [{ stop: [1] }, /^stop must be/],
    [{ reasoning_effort: 'much' }, /^reasoning_effort must be/],
    [{ tools: [{ type: 'custom' }] }, /^tools\.0 must be a function/],
  ])('is refused where it is %j', (body, why) => {
    expect(() => from(body)).toThrow(why)
  })

  it('is for the user it names, where that could be one', () => {
    expect(from({ user: 'ada' }).userId).toBe('ada')
    expect(from({ user: 'ada@example.com' }).userId).toBeUndefined()
    expect(from({ user: 'ada', loomcycle_user_id: 'bob' }).userId).toBe('bob')
  })
})
