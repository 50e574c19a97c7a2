import { describe, expect, it } from 'vitest'
import { readJson } from '../../../ground/json.ts'
import type { ChatEvent } from '../chat.ts'
import { wholeChat } from '../whole-chat.ts'
import { ChunkWriter, completionOf } from './to-openai.ts'

const begun: ChatEvent = { type: 'begun', id: 'req_1', provider: 'p', model: 'm', warnings: [] }
const call = (name: string, input: unknown, id = ''): ChatEvent => ({ type: 'tool_call', id, name, input })
const done = (stop_reason: string): ChatEvent => ({
  type: 'done',
  stop_reason,
  usage: { input_tokens: 3, output_tokens: 2, cache_read_input_tokens: 5, cache_creation_input_tokens: 1 },
})
async function* all(...events: ChatEvent[]) {
  yield* events
}
const completion = async (...events: ChatEvent[]) => completionOf(await wholeChat(all(begun, ...events)), 7)
const chunks = (withUsage: boolean, ...events: ChatEvent[]) => {
  const writer = new ChunkWriter(7, withUsage)
  return [begun, ...events].flatMap((event) => writer.chunksOf(event))
}

describe('a whole answer', () => {
  it('has its words, its thinking and what it took', async () => {
    expect(
      await completion({ type: 'thinking', text: 'Hm.' }, { type: 'text', text: 'Yes' }, done('end_turn')),
    ).toEqual({
      id: 'chatcmpl-req_1',
      object: 'chat.completion',
      created: 7,
      model: 'p/m',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Yes', refusal: null, reasoning_content: 'Hm.' },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: 9,
        completion_tokens: 2,
        total_tokens: 11,
        prompt_tokens_details: { cached_tokens: 5 },
      },
    })
  })

  it('has no content beside calls without words, and an id for each of them', async () => {
    const { choices } = await completion(
      call('f', readJson('{"n":12345678901234567890}')),
      call('g', 'no json', 'g1'),
      done('tool_use'),
    )
    expect(choices[0]).toMatchObject({
      message: {
        content: null,
        tool_calls: [
          { id: 'call_req_1_0', type: 'function', function: { name: 'f', arguments: '{"n":12345678901234567890}' } },
          { id: 'g1', type: 'function', function: { name: 'g', arguments: 'no json' } },
        ],
      },
      finish_reason: 'tool_calls',
    })
  })

  it('has what turned out to be thinking as that', async () => {
    const events = [{ type: 'text', text: 'I think' }, { type: 'text_was_thinking' }, { type: 'text', text: 'Yes' }]
    const { choices } = await completion(...(events as ChatEvent[]), done('end_turn'))
    expect(choices[0]).toMatchObject({ message: { content: 'Yes', reasoning_content: 'I think' } })
  })

  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['tool_use', 'tool_calls'],
    ['refusal', 'content_filter'],
    ['content_filter', 'content_filter'],
    ['a word of tomorrow', 'stop'],
  ])('that ended by %s has the finish reason %s', async (reason, finish) => {
    expect((await completion(done(reason))).choices[0]).toMatchObject({ finish_reason: finish })
  })
})

describe('a stream', () => {
  it('begins with the role, has no reason until its end, and its usage there', () => {
    const streamed = chunks(false, { type: 'text', text: 'Yes' }, done('end_turn'))
    expect(streamed.map(({ choices: [choice] }) => [choice!.delta, choice!.finish_reason])).toEqual([
      [{ role: 'assistant', content: '' }, null],
      [{ content: 'Yes' }, null],
      [{}, 'stop'],
    ])
    expect(streamed.map(({ usage }) => usage?.total_tokens)).toEqual([undefined, undefined, 11])
    expect(new Set(streamed.map(({ id, object, created, model }) => [id, object, created, model].join()))).toEqual(
      new Set(['chatcmpl-req_1,chat.completion.chunk,7,p/m']),
    )
  })

  it('has its usage in a chunk without choices, once and where it was asked for', () => {
    const streamed = chunks(true, { type: 'text', text: 'Yes' }, done('end_turn'))
    expect(streamed.slice(0, -1).every(({ usage }) => usage === null)).toBe(true)
    expect(streamed.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 11 } })
  })

  it('tells calls apart by their index, and has what each is called with behind its name', () => {
    const streamed = chunks(false, call('f', { a: 1 }), call('f', {}, 'x'), done('tool_use'))
    expect(
      streamed.slice(1, -1).flatMap(({ choices: [choice] }) => (choice!.delta as { tool_calls: [] }).tool_calls),
    ).toEqual([
      { index: 0, id: 'call_req_1_0', type: 'function', function: { name: 'f', arguments: '' } },
      { index: 0, function: { arguments: '{"a":1}' } },
      { index: 1, id: 'x', type: 'function', function: { name: 'f', arguments: '' } },
      { index: 1, function: { arguments: '{}' } },
    ])
  })

  it('says at its beginning what has no effect', () => {
    const [first] = new ChunkWriter(7, false).chunksOf({ ...begun, warnings: ['n has no effect here'] } as ChatEvent)
    expect(first).toMatchObject({ warnings: ['n has no effect here'] })
  })
})
