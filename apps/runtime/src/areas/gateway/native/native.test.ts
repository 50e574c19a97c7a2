import { expect, it } from 'vitest'
import type { ChatEvent } from '../chat.ts'
import { wholeChat } from '../whole-chat.ts'
import { fromNative } from './from-native.ts'
import { FrameWriter, nativeAnswer } from './to-native.ts'

const usage = { input_tokens: 3, output_tokens: 2, cache_read_input_tokens: 5, provider: 'p', model: 'm' }
const events: ChatEvent[] = [
  { type: 'begun', id: 'req_1', provider: 'p', model: 'm', warnings: [] },
  { type: 'thinking', text: 'Hm.' },
  { type: 'text', text: 'Ye' },
  { type: 'text', text: 's' },
  { type: 'tool_call', id: '', name: 'f', input: { a: 1 } },
  { type: 'tool_call', id: 'x', name: 'g', input: {} },
  { type: 'done', stop_reason: 'tool_use', usage },
]
const counted = { input_tokens: 3, output_tokens: 2, cache_read_input_tokens: 5 }
const calls = [
  { type: 'tool_use', id: 'call_req_1_0', name: 'f', input: { a: 1 } },
  { type: 'tool_use', id: 'x', name: 'g', input: {} },
]

it('an answer has its blocks in order', async () => {
  async function* all() {
    yield* events
  }
  expect(nativeAnswer(await wholeChat(all()))).toEqual({
    id: 'llm_1',
    request_id: 'req_1',
    provider: 'p',
    model: 'm',
    content: [{ type: 'text', text: 'Yes' }, ...calls],
    reasoning: 'Hm.',
    stop_reason: 'tool_use',
    usage: counted,
  })
})

it('a stream has each block between its start and its stop', () => {
  const writer = new FrameWriter()
  const frames = events.flatMap((event) => writer.framesOf(event))
  const delta = (text: string) => ({ index: 0, delta: { type: 'text_delta', text } })
  expect(frames.map(({ event, data }) => [event, data])).toEqual([
    ['provider_chosen', { provider: 'p', model: 'm', request_id: 'req_1' }],
    ['reasoning', { text: 'Hm.' }],
    ['content_block_start', { index: 0, block: { type: 'text', text: '' } }],
    ['content_block_delta', delta('Ye')],
    ['content_block_delta', delta('s')],
    ['content_block_stop', { index: 0 }],
    ['content_block_start', { index: 1, block: calls[0] }],
    ['content_block_stop', { index: 1 }],
    ['content_block_start', { index: 2, block: calls[1] }],
    ['content_block_stop', { index: 2 }],
    ['message_delta', { delta: { stop_reason: 'tool_use' }, usage: counted }],
    ['done', { id: 'llm_1', stop_reason: 'tool_use', usage: counted }],
  ])
})

it('a request is for 4096 tokens unless it says otherwise, and pairs results with calls', () => {
  const request = fromNative({
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Look' },
      { role: 'assistant', tool_calls: [{ id: 'a', name: 'look', input: {} }] },
      { role: 'tool', tool_call_id: 'a', content: 'here' },
    ],
    tools: [{ name: 'look', input_schema: { type: 'object' } }],
    tool_choice: 'required',
  })
  expect(request).toMatchObject({
    maxTokens: 4096,
    system: [{ text: 'Be brief.' }],
    toolChoice: 'required',
    tools: [{ name: 'look', description: '' }],
    messages: [
      { role: 'user', content: [{ text: 'Look' }] },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'a' }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', name: 'look', text: 'here' }] },
    ],
  })
  const orphan = { messages: [{ role: 'tool' as const, content: 'x' }] }
  expect(() => fromNative(orphan)).toThrow('messages.0.tool_call_id is missing')
  expect(() => fromNative({ messages: [{ role: 'system', content: 'x' }] })).toThrow('must have one of the user')
})
