import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  anthropicText,
  anthropicToolCall,
  anthropicTurn,
  type FakeUpstream,
  geminiText,
  getStream,
  openaiText,
  openaiToolCall,
  openaiTurn,
  sseReply,
  startFakeUpstream,
} from '../../../testing/fake-upstream.ts'

const KEYS = { 'x-api-key': 'k', 'anthropic-version': '2023-06-01' }
const user = (content: unknown) => ({ role: 'user', content })
const text = (value: string) => ({ type: 'text', text: value })
const asked = { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'look', input: {} }] }
const askedOpenAi = {
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'a', type: 'function', function: { name: 'look', arguments: '{}' } }],
}

describe('the fake upstream', () => {
  let upstream: FakeUpstream
  beforeEach(async () => {
    upstream = await startFakeUpstream()
  })
  afterEach(() => upstream.close())

  const post = async (path: string, body: object, headers: Record<string, string> = KEYS) => {
    const response = await fetch(upstream.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: response.status, body: await response.text() }
  }
  const messages = (...list: unknown[]) => post('/v1/messages', { model: 'm', max_tokens: 5, messages: list })
  const completions = (...list: unknown[]) => post('/v1/chat/completions', { model: 'm', messages: list })

  it('plays its script in order and then complains', async () => {
    upstream.enqueue(anthropicText('One'), openaiText('Two'))
    expect((await messages(user([text('Hi')]))).body).toContain('One')
    expect((await completions(user('Hi'))).body).toContain('Two')
    expect(await completions(user('Hi'))).toEqual({ status: 500, body: 'the script has no reply left' })
    expect(upstream.requests).toHaveLength(3)
  })

  it('says a turn in either protocol', async () => {
    const turn = { thinking: 'Hm', text: ['a', 'b'], calls: [{ name: 'look', input: { at: 'home' } }] }
    upstream.enqueue(anthropicTurn(turn), anthropicToolCall('now'))
    const spoken = (await messages(user([text('Hi')]))).body
    for (const word of ['thinking_delta', '"text":"b"', '"stop_reason":"tool_use"', 'message_stop']) {
      expect(spoken).toContain(word)
    }
    expect((await messages(user([text('Hi')]))).body).toContain('"name":"now"')
    upstream.enqueue(openaiTurn(turn), openaiToolCall('now'))
    const completed = (await completions(user('Hi'))).body
    for (const word of ['reasoning_content', '"content":"b"', '"finish_reason":"tool_calls"', '[DONE]']) {
      expect(completed).toContain(word)
    }
    expect((await completions(user('Hi'))).body).toContain('"name":"now"')
  })

  it('plays streams', async () => {
    upstream.enqueue(sseReply(getStream('anthropic/spoken-text')))
    expect((await messages(user([text('Hi')]))).body).toMatch(/^event: message_start\ndata: \{.*event: message_stop/s)
  })

  it('asks a function when it has one', async () => {
    const other = await startFakeUpstream({ script: ({ body }) => openaiText(`You said ${body.messages[0].content}`) })
    const init = { method: 'POST', body: JSON.stringify({ model: 'm', messages: [user('hi')] }) }
    expect(await (await fetch(`${other.url}/v1/chat/completions`, init)).text()).toContain('You said hi')
    await other.close()
  })

  it.each([
    ['text content blocks must be non-empty', [user([text(' ')])]],
    ['roles must alternate', [user([text('a')]), user([text('b')])]],
    ['roles must alternate', [{ role: 'assistant', content: [text('a')] }]],
    ['content must be non-empty', [user([])]],
    ['without tool_result', [user([text('a')]), asked, user([text('b')])]],
    ['must define tools', [user([text('a')]), asked, user([{ type: 'tool_result', tool_use_id: 'a', content: 'x' }])]],
    ['must end with a user message', [user([text('a')]), { role: 'assistant', content: [text('b')] }]],
    ['at least one message', []],
  ])('refuses as Anthropic does: %s', async (complaint, list) => {
    const answer = await messages(...list)
    expect(answer.status).toBe(400)
    expect(answer.body).toContain(complaint)
  })

  it.each([
    ['must be followed by tool messages', [user('a'), askedOpenAi, user('b')]],
    ['must be a response to a preceding message', [user('a'), { role: 'tool', tool_call_id: 'a', content: 'x' }]],
    ['content must be a string', [user('a'), askedOpenAi, { role: 'tool', tool_call_id: 'a' }]],
    ['must not be empty', [user('')]],
    ['roles must alternate', [user('a'), user('b')]],
  ])('refuses as a chat-completions service does: %s', async (complaint, list) => {
    const answer = await completions(...list)
    expect(answer.status).toBe(400)
    expect(answer.body).toContain(complaint)
  })

  const gemini = (body: object, model = 'gemini-2.5-flash') =>
    post(`/v1beta/models/${model}:streamGenerateContent?alt=sse`, body, { 'x-goog-api-key': 'k' })
  const called = (...parts: object[]) => [
    { role: 'user', parts: [{ text: 'a' }] },
    { role: 'model', parts: [{ functionCall: { name: 'look', args: {} } }] },
    { role: 'user', parts },
  ]
  const answered = { functionResponse: { name: 'look', response: {} } }
  const taking = (member: object) => ({
    contents: [{ role: 'user', parts: [{ text: 'a' }] }],
    tools: [{ functionDeclarations: [{ name: 'a', parameters: { type: 'object', properties: { a: member } } }] }],
  })

  it('says a turn as Gemini does', async () => {
    upstream.enqueue(geminiText('One'))
    expect(await gemini({ contents: called(answered) })).toMatchObject({
      status: 200,
      body: expect.stringContaining('"finishReason":"STOP"'),
    })
  })

  it.each([
    ['number of function response parts', { contents: called({ text: 'b' }) }],
    ['a response does not match its call', { contents: called({ functionResponse: { name: 'other', response: {} } }) }],
    ['missing a thought_signature', { contents: called(answered) }, 'gemini-3-pro-preview'],
    ['type: must be specified', taking({})],
    ['only allowed for STRING type', taking({ type: 'integer', enum: ['1'] })],
    ['items: missing field', taking({ type: 'array' })],
    ['Unknown name "default"', taking({ type: 'string', default: 'a' })],
    [
      'Budget 0 is invalid',
      { ...taking({ type: 'string' }), generationConfig: { thinkingConfig: { thinkingBudget: 0 } } },
      'gemini-2.5-pro',
    ],
  ])('refuses as Gemini does: %s', async (complaint, body, model = 'gemini-2.5-flash') => {
    const answer = await gemini(body, model)
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body).error.message).toContain(complaint)
  })

  it.each([
    ['required following item', [{ type: 'reasoning', id: 'r', summary: [], encrypted_content: 'e' }]],
    ['No tool output found', [{ type: 'function_call', call_id: 'c', name: 'look', arguments: '{}' }]],
    ['No tool call found', [{ type: 'function_call_output', call_id: 'c', output: 'x' }]],
    ["Invalid value: 'text'", [{ type: 'message', role: 'user', content: [text('Hi')] }]],
  ])('refuses as Responses do: %s', async (complaint, input) => {
    const answer = await post('/v1/responses', { model: 'o3', store: false, input })
    expect(answer.status).toBe(400)
    expect(answer.body).toContain(complaint)
  })

  it('wants a key, a version, and a limit from those who speak Anthropic', async () => {
    const body = { model: 'm', messages: [user([text('a')])] }
    expect(await post('/v1/messages', body, {})).toMatchObject({ status: 401 })
    expect(await post('/v1/messages', body, { 'x-api-key': 'k' })).toMatchObject({ status: 400 })
    expect((await post('/v1/messages', body)).body).toContain('max_tokens: Field required')
  })
})
