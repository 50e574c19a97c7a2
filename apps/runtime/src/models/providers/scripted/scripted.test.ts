import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../ground/clock.ts'
import type { Script } from '../../../ground/config/script.ts'
import type { Message, ModelRequest, ProviderEvent } from '../provider.ts'
import { scriptedModel } from './from-script.ts'
import { createScriptedProvider } from './index.ts'
import type { ScriptedModel, ScriptedTurn } from './turn.ts'

describe('scripted provider', () => {
  it('streams thinking, then text, then the calls, and ends with what it counted', async () => {
    const events = await play({ thinking: 'Hm. ', text: 'One moment.', tool_calls: [{ name: 'Context', input: {} }] })
    expect(events.map(({ type }) => type)).toEqual(['thinking', 'text', 'tool_call', 'done'])
    expect(events.at(-1)).toMatchObject({
      stop_reason: 'tool_use',
      usage: { input_tokens: 2, output_tokens: 5, max_context_tokens: 32_000, provider: 'scripted' },
    })
  })

  it('streams every character of a text, cut where words end', async () => {
    const text = 'A small 🧵 of words, 🧵🧵🧵🧵🧵🧵🧵🧵 and a good end.'
    const events = await play({ text, pace: { chunk_chars: 5, delay_ms: 0 } })
    const pieces = events.flatMap((event) => (event.type === 'text' ? [event.text] : []))
    expect(pieces.join('')).toBe(text)
    expect(pieces.length).toBeGreaterThan(5)
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true)
  })

  it('gives a call the same id in every attempt and another one in another turn', async () => {
    const call = { tool_calls: [{ name: 'Memory', input: {} }] }
    const [first, again] = [await play(call), await play(call)]
    const later = await play(call, [...said('hello'), { role: 'assistant', content: [] }, ...said('more')])
    expect(first[0]).toEqual(again[0])
    expect(later[0]).not.toEqual(first[0])
  })

  it('fails after what it said when the turn has an error', async () => {
    const events = await play({ text: 'So far', error: { message: 'overloaded', class: 'retryable', status: 529 } })
    const last = events.at(-1)
    expect(last).toMatchObject({ type: 'error', error: { failureClass: 'retryable', status: 529 } })
    expect(last?.type === 'error' && last.error.message).toBe('scripted 529: overloaded')
  })

  it('ends with a failure that lists the scripts when there is none of that name', async () => {
    const [event] = await play({}, said('hi'), 'other')
    expect(event?.type === 'error' && event.error.message).toBe(
      'scripted: there is no script named "other"; there are: test',
    )
  })

  it('ends with a failure when the program throws', async () => {
    const events = await collect(() => {
      throw new Error('broken')
    })
    expect(events).toMatchObject([{ type: 'error', error: { message: 'scripted: script "test" failed: broken' } }])
  })

  it('stops at once when it is aborted while it waits', async () => {
    const abort = new AbortController()
    const provider = createScriptedProvider({
      clock: systemClock,
      models: { test: () => ({ text: 'Never more than this', pace: { chunk_chars: 5, delay_ms: 60_000 } }) },
    })
    const stream = provider.stream(aRequest(said('hi')), abort.signal)[Symbol.asyncIterator]()
    const next = stream.next()
    abort.abort()
    expect((await next).value).toMatchObject({ type: 'error', error: { failureClass: 'cancelled' } })
    expect((await stream.next()).done).toBe(true)
  })

  it('holds its stream open until it is aborted', async () => {
    const abort = new AbortController()
    const provider = createScriptedProvider({
      clock: systemClock,
      models: { test: () => ({ text: 'And', hold: true }) },
    })
    const stream = provider.stream(aRequest(said('hi')), abort.signal)[Symbol.asyncIterator]()
    expect((await stream.next()).value).toMatchObject({ text: 'And' })
    const next = stream.next()
    setImmediate(() => abort.abort())
    expect((await next).value).toMatchObject({ type: 'error', error: { failureClass: 'cancelled' } })
  })
})

describe('script file', () => {
  const script: Script = {
    scenes: [
      {
        match: '^count',
        turns: [
          { tool_calls: [{ name: 'Memory', input: { op: 'incr', key: '{{input}}' } }] },
          { tool_calls: [{ name: 'Memory', input: { op: 'set', value: '{{results.0.value}}' } }] },
          { text: 'It is {{results.0.value}}, said {{results.0}} and {{results.7}}.' },
        ],
      },
      { match: 'hello', turns: [{ text: 'Hello.' }] },
    ],
  }
  const reply = (messages: Message[]) => scriptedModel(script)(aRequest(messages))
  const counted: Message[] = [
    ...said('Count me'),
    { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'Memory', input: {} }] },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'a', name: 'Memory', text: '{"value":3}', is_error: false }],
    },
  ]

  it('chooses the scene by what was said last and the turn by the answers since', async () => {
    expect(await reply(said('count me'))).toMatchObject({ tool_calls: [{ input: { key: 'count me' } }] })
    expect(await reply([...counted, { role: 'assistant', content: [] }, ...said('oh, hello')])).toMatchObject({
      text: 'Hello.',
    })
  })

  it('fills in results with their types, and in text as words', async () => {
    expect(await reply(counted)).toMatchObject({ tool_calls: [{ input: { op: 'set', value: 3 } }] })
    expect(await reply([...counted, { role: 'assistant', content: [] }])).toMatchObject({
      text: 'It is 3, said {"value":3} and {{results.7}}.',
    })
  })

  it('answers what has no scene, and goes on after its last turn', async () => {
    expect(await reply(said('what?'))).toMatchObject({ text: 'This script has no scene for that.' })
    expect(await reply([...said('hello'), { role: 'assistant', content: [] }])).toMatchObject({
      text: 'The scene ends here.',
    })
  })

  it('answers only the newest of messages that arrived together', async () => {
    const both: Message[] = [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'count' },
          { type: 'text', text: 'hello' },
        ],
      },
    ]
    expect(await reply(both)).toMatchObject({ text: 'Hello.' })
  })

  it('answers what somebody wrote, and not the files that came with it', async () => {
    const withFile = (tag: string): Message[] => [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'hello' },
          { type: 'text', text: `<${tag}>\ncount\n</${tag}>` },
        ],
      },
    ]
    expect(await reply(withFile('untrusted'))).toMatchObject({ text: 'Hello.' })
    expect(await reply(withFile('untrusted-0123abcd'))).toMatchObject({ text: 'Hello.' })
  })
})

function play(turn: ScriptedTurn, messages = said('hello'), model = 'test'): Promise<ProviderEvent[]> {
  return collect(() => turn, messages, model)
}

async function collect(script: ScriptedModel, messages = said('hello'), model = 'test'): Promise<ProviderEvent[]> {
  const provider = createScriptedProvider({ clock: systemClock, models: { test: script } })
  const events: ProviderEvent[] = []
  for await (const event of provider.stream(aRequest(messages, model), new AbortController().signal)) events.push(event)
  return events
}

function said(text: string): Message[] {
  return [{ role: 'user', content: [{ type: 'text', text }] }]
}

function aRequest(messages: Message[], model = 'test'): ModelRequest {
  return { model, agent: 'test', runId: 'r_1', system: [], messages, tools: [] }
}
