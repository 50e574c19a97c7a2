import { describe, expect, it } from 'vitest'
import { createFail } from '../failures.ts'
import type { ProviderEvent } from '../provider.ts'
import { eventsOf, everyCut } from '../testing/cuts.ts'
import { openaiFrames, openaiSse } from '../testing/openai-wire.ts'
import { callsOf, textOf } from '../testing/requests.ts'
import { findStream, getStream, OPENAI_STREAMS } from '../testing/streams.ts'
import { createReader } from './from-stream.ts'

const reader = () => createReader({ provider: 'openai', fail: createFail('openai'), fromWire: (name) => name })
const bytes = (text: string) => new TextEncoder().encode(text)
const play = (sse: string) => eventsOf(reader(), bytes(sse))
const delta = (value: object) => ({ choices: [{ index: 0, delta: value }] })
const finish = (finish_reason: string) => ({ choices: [{ index: 0, delta: {}, finish_reason }] })
const playFrames = (...frames: object[]) => play(openaiSse(frames as Record<string, unknown>[]))
const playCalls = (...calls: object[]) =>
  callsOf(playFrames(...calls.map((call) => delta({ tool_calls: [call] })), finish('tool_calls')))
const piece = (text: string, name?: string) => ({ function: { arguments: text, ...(name ? { name } : {}) } })

describe('a stream of a chat-completions service', () => {
  it.each([
    ['stop', 'end_turn'],
    ['length', 'max_tokens'],
    ['content_filter', 'content_filter'],
    ['eos', 'end_turn'],
    ['eos_token', 'end_turn'],
    ['COMPLETE', 'end_turn'],
    ['stop_sequence', 'end_turn'],
    ['model_context_window_exceeded', 'max_tokens'],
    ['paused', 'paused'],
    ['constructor', 'constructor'],
  ])('calls the finish reason %s %s', (theirs, ours) => {
    expect(playFrames(delta({ content: 'Hi' }), finish(theirs)).at(-1)).toMatchObject({ stop_reason: ours })
  })

  it('runs calls whatever the finish reason says, and calls nothing when it was filtered', () => {
    const call = delta({ tool_calls: [{ index: 0, id: 'a', ...piece('{}', 'look') }] })
    expect(playFrames(call, finish('stop')).at(-1)).toMatchObject({ stop_reason: 'tool_use' })
    expect(callsOf(playFrames(call, finish('content_filter')))).toEqual([])
    expect(playFrames(delta({ content: 'Hi' }), finish('tool_calls')).at(-1)).toMatchObject({ stop_reason: 'end_turn' })
  })

  it('tells interleaved calls apart by index', () => {
    const calls = playCalls(
      { index: 0, id: 'a', ...piece('{"n"', 'look') },
      { index: 1, id: 'b', ...piece('{"n"', 'find') },
      { index: 0, ...piece(':1}') },
      { index: 1, ...piece(':2}') },
    )
    expect(calls).toEqual([
      { id: 'a', name: 'look', input: { n: 1 } },
      { id: 'b', name: 'find', input: { n: 2 } },
    ])
  })

  it('reads ids and names that every delta repeats', () => {
    const calls = playCalls(
      { index: 0, id: 'a', ...piece('{"n":', 'look') },
      { index: 0, id: 'a', ...piece('1}', 'look') },
    )
    expect(calls).toEqual([{ id: 'a', name: 'look', input: { n: 1 } }])
  })

  it('tells calls apart by id where all have index 0, or none', () => {
    const a = { id: 'a', ...piece('{"n":1}', 'look') }
    const b = { id: 'b', ...piece('{"n":2}', 'look') }
    const both = [
      { id: 'a', name: 'look', input: { n: 1 } },
      { id: 'b', name: 'look', input: { n: 2 } },
    ]
    expect(playCalls({ index: 0, ...a }, { index: 0, ...b })).toEqual(both)
    expect(playCalls(a, b)).toEqual(both)
  })

  it('leaves ids empty that are missing or repeated', () => {
    const calls = playCalls(piece('{"n":1}', 'look'), piece('{"n":2}', 'look'))
    expect(calls.map(({ id, input }) => [id, input])).toEqual([
      ['', { n: 1 }],
      ['', { n: 2 }],
    ])
    const twice = playCalls({ index: 0, id: 'x', ...piece('{}', 'a') }, { index: 1, id: 'x', ...piece('{}', 'b') })
    expect(twice.map((call) => call.id)).toEqual(['x', ''])
  })

  it('tells where the arguments of a call end, in whatever pieces they come and whatever stands in them', () => {
    const input = { text: 'a "quoted}" \\ {', list: [{ a: [] }, null], none: '' }
    const text = JSON.stringify(input)
    for (let length = 1; length <= text.length; length++) {
      const pieces = text.match(new RegExp(`.{1,${length}}`, 'gs'))!
      const twice = [...pieces, ...pieces].map((part) => piece(part, 'look'))
      if (length < text.length) expect(playCalls(...twice).map((call) => call.input)).toEqual([input, input])
      else expect(playCalls(...twice).map((call) => call.input)).toEqual([input])
    }
    const odd = ['null', '[1]', '"{\\"n\\":1}"', '{}}', 'x'].map((text) =>
      playCalls(piece(text, 'look'), piece('{"n":2}', 'look')).map((call) => call.input),
    )
    expect(odd).toEqual([[{}, { n: 2 }], ['[1]{"n":2}'], [{ n: 1 }, { n: 2 }], ['{}}{"n":2}'], ['x{"n":2}']])
  })

  it('reads many calls, and long arguments whose every piece repeats the name, to the end', () => {
    const many = Array.from({ length: 40_000 }, (_, n) => ({ index: n, id: `c${n}`, ...piece('{}', 'look') }))
    expect(callsOf(playFrames(delta({ tool_calls: many }), finish('tool_calls')))).toHaveLength(40_000)
    const pieces = ['{"a":[', ...Array.from({ length: 4_000 }, () => `{"a":"${'x'.repeat(500)}"},`), '{}]}']
    const [call] = callsOf(
      playFrames(delta({ tool_calls: pieces.map((text) => piece(text, 'look')) }), finish('tool_calls')),
    )
    expect(call!.input).toEqual(JSON.parse(pieces.join('')))
  })

  it('takes arguments that are an object already', () => {
    expect(playCalls({ index: 0, id: 'a', function: { name: 'look', arguments: { n: 1 } } })[0]?.input).toEqual({
      n: 1,
    })
  })

  it('takes text for calls where it is all calls of tools that were offered, and nothing else', () => {
    const call = '{"name": "look", "arguments": {"n": 1}}'
    const played = (offered: Set<string>, text: string, reason = 'stop') => {
      const own = createReader({ provider: 'x', fail: createFail('x'), fromWire: (name) => name, offered })
      const frames = [...text.match(/[\s\S]{1,7}/g)!.map((content) => delta({ content })), finish(reason)]
      return eventsOf(own, bytes(openaiSse(frames as Record<string, unknown>[])))
    }
    for (const reason of ['stop', 'tool_calls']) {
      expect(played(new Set(['look']), call, reason)).toMatchObject([
        { type: 'tool_call', id: '', name: 'look', input: { n: 1 } },
        { type: 'done', stop_reason: 'tool_use' },
      ])
    }
    for (const [offered, text, reason] of [
      [new Set(['find']), call],
      [new Set<string>(), call],
      [new Set(['look']), `So: ${call}`],
      [new Set(['look']), call, 'length'],
      [new Set(['look']), call, 'content_filter'],
    ] as const) {
      const events = played(offered, text, reason)
      expect([textOf(events), callsOf(events)]).toEqual([text, []])
    }
  })

  it('shows a refusal as text', () => {
    const events = playFrames(delta({ refusal: 'No.' }), finish('stop'))
    expect(textOf(events)).toBe('No.')
    expect(events.at(-1)).toMatchObject({ stop_reason: 'refusal' })
  })

  it('reads thinking under either name, once', () => {
    const events = playFrames(
      delta({ reasoning: 'a' }),
      delta({ reasoning: 'b', reasoning_content: 'b' }),
      delta({ content: 'c' }),
      finish('stop'),
    )
    expect(textOf(events, 'thinking')).toBe('ab')
    expect(events.at(-1)).toMatchObject({ reasoning: 'ab' })
  })

  it('counts no token twice: what came from the cache is not read anew, as DeepSeek names it too', () => {
    const usage = { prompt_tokens: 10, completion_tokens: 2, prompt_cache_hit_tokens: 6 }
    const events = playFrames(delta({ content: 'Hi' }), { ...finish('stop'), usage })
    expect(events.at(-1)).toMatchObject({ usage: { input_tokens: 4, output_tokens: 2, cache_read_input_tokens: 6 } })
  })

  it('counts what is to be kept in a cache by itself', () => {
    const prompt_tokens_details = { cached_tokens: 30, cache_write_tokens: 50 }
    const usage = { prompt_tokens: 100, completion_tokens: 2, prompt_tokens_details }
    expect(playFrames(delta({ content: 'Hi' }), { ...finish('stop'), usage }).at(-1)).toMatchObject({
      usage: { input_tokens: 20, cache_read_input_tokens: 30, cache_creation_input_tokens: 50 },
    })
  })

  it('is content with a finish reason when the stream ends without the closing word', () => {
    const frames = reader()
    frames.read(delta({ content: 'Hi' }))
    frames.read(finish('stop'))
    expect(frames.end(false)).toMatchObject([{ type: 'done', stop_reason: 'end_turn' }])
    expect(() => reader().end(false)).toThrow('stream ended early')
    expect(() => playFrames()).toThrow('stream ended early')
  })

  it.each([
    [{ message: 'Busy', type: 'server_error', code: null }, 'retryable', 500],
    [{ message: 'Slow', code: 429 }, 'retryable', 429],
    [{ message: 'Slow', code: 'rate_limit_exceeded' }, 'retryable', 429],
    [{ message: 'Bad', type: 'invalid_request_error' }, 'permanent', 400],
    ['out of memory', 'retryable', undefined],
  ])('classifies the error %j', (error, failureClass, status) => {
    expect(() => playFrames({ error })).toThrow(expect.objectContaining({ failureClass, status }))
  })

  it('calls it a failure when the service gives up', () => {
    expect(() => playFrames(delta({ content: 'H' }), finish('insufficient_system_resource'))).toThrow('gave up')
    expect(() => playFrames(delta({ content: 'H' }), finish('MALFORMED_FUNCTION_CALL'))).toThrow('gave up')
    expect(() => playFrames(finish('function_call_filter: MALFORMED_FUNCTION_CALL'))).toThrow('gave up')
    expect(() => playFrames(finish('OTHER'))).toThrow('the service gave up: OTHER')
    expect(() => playFrames(finish('eos'))).toThrow('answered with nothing')
  })

  it('finds the error of a choice', () => {
    const error = { code: 502, message: 'Upstream died' }
    expect(() => playFrames({ choices: [{ index: 0, delta: {}, finish_reason: 'error', error }] })).toThrow(
      'openai 502: Upstream died',
    )
  })

  it.each([
    [
      'in the last choice, as Moonshot has it',
      {
        choices: [
          { ...finish('stop').choices[0], usage: { prompt_tokens: 100, completion_tokens: 5, cached_tokens: 60 } },
        ],
      },
      40,
      60,
      undefined,
    ],
    [
      'in a member of Groq',
      { ...finish('stop'), x_groq: { usage: { prompt_tokens: 100, completion_tokens: 5 } } },
      100,
      undefined,
      undefined,
    ],
    [
      'with the names of Anthropic besides',
      {
        ...finish('stop'),
        usage: {
          prompt_tokens: 100,
          completion_tokens: 5,
          prompt_tokens_details: { cached_tokens: 60 },
          cache_read_input_tokens: 60,
          cache_creation_input_tokens: 20,
        },
      },
      20,
      60,
      20,
    ],
  ])('takes usage %s', (_, frame, input_tokens, read, kept) => {
    const { usage } = playFrames(delta({ content: 'Hi' }), frame).at(-1) as Extract<ProviderEvent, { type: 'done' }>
    expect(usage).toMatchObject({ input_tokens, output_tokens: 5 })
    expect([usage.cache_read_input_tokens, usage.cache_creation_input_tokens]).toEqual([read, kept])
  })

  it('takes no more from the prompt than it has', () => {
    const usage = { prompt_tokens: 40, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 60 } }
    expect(playFrames(delta({ content: 'Hi' }), { ...finish('stop'), usage }).at(-1)).toMatchObject({
      usage: { input_tokens: 0, cache_read_input_tokens: 60 },
    })
  })

  it('keeps the usage of before where the last frame has zeros', () => {
    const early = { ...delta({ content: 'Hi' }), usage: { prompt_tokens: 100, completion_tokens: 5 } }
    const late = { ...finish('stop'), usage: { prompt_tokens: 0, completion_tokens: 0 } }
    expect(playFrames(early, late).at(-1)).toMatchObject({ usage: { input_tokens: 100, output_tokens: 5 } })
  })

  it('skips frames of other choices and of no choice', () => {
    const frames = openaiFrames({ text: 'Hi' })
    const odd = [
      { choices: [] },
      { choices: [{ index: 1, delta: { content: '?' } }] },
      { object: 'odd' },
      { choices: [{ delta: null }] },
    ]
    expect(playFrames(...odd, ...frames)).toEqual(playFrames(...frames))
  })

  describe.each(OPENAI_STREAMS)('the stream %s', (name) => {
    const stream = findStream(name)

    // Each cut replays everything, so the long ones are cut at some 200 places; sse.test.ts cuts them at every byte.
    it.skipIf(stream === undefined)('gives the same events wherever it is cut', () => {
      const sse = bytes(stream!)
      const whole = JSON.stringify(play(stream!))
      expect(whole).toContain('"type":"done"')
      for (const parts of everyCut(sse)) {
        if (sse.length > 5000 && parts[0].length % Math.floor(sse.length / 200) !== 0) continue
        if (JSON.stringify(eventsOf(reader(), ...parts)) !== whole) expect.fail(`differs at byte ${parts[0].length}`)
      }
    })
  })

  const played = (name: string) => play(getStream(name))

  it('says what the service said', () => {
    expect(textOf(played('openai/spoken-text'))).toMatch(/^\*\*Ferry day\*\*\n\nA holiday.*🎺.*"tuuut"\n```\n$/s)
    expect(played('openai/spoken-text').at(-1)).toMatchObject({ usage: { input_tokens: 21, output_tokens: 90 } })
    expect(played('deepseek/thought-then-call').at(-1)).toMatchObject({
      stop_reason: 'tool_use',
      usage: { input_tokens: 54, output_tokens: 61, cache_read_input_tokens: 256, model: 'deepseek-reasoner' },
      reasoning: expect.stringContaining('They ask when the ferry leaves.'),
    })
    expect(callsOf(played('deepseek/thought-then-call'))).toEqual([
      { id: 'call_00_timetable', name: 'timetable', input: { quay: 'Slussen' } },
    ])
    expect(callsOf(played('openai-compatible/call-repeats-its-name-empty'))).toEqual([
      { id: 'chatcmpl-tool-ferry', name: 'searchWeb', input: { query: 'ferry Slussen' } },
    ])
    expect(callsOf(played('openai-compatible/thought-then-call'))).toEqual([
      { id: 'call_401', name: 'timetable', input: { quay: 'Slussen' } },
    ])
  })

  it.skipIf(findStream('openai/chat-text') === undefined)('says what was recorded', () => {
    expect(textOf(played('openai/chat-text'))).toMatch(/^\*\*Holiday Name:\*\*/)
    expect(played('openai/chat-text').at(-1)).toMatchObject({ usage: { input_tokens: 16, output_tokens: 300 } })
    expect(played('deepseek/chat-tool-call').at(-1)).toMatchObject({
      stop_reason: 'tool_use',
      usage: { input_tokens: 19, output_tokens: 83, cache_read_input_tokens: 320, model: 'deepseek-reasoner' },
      reasoning: expect.stringContaining('The user is asking'),
    })
    expect(callsOf(played('openai-compatible/chat-incremental-tool-call'))).toEqual([
      { id: 'chatcmpl-tool-9f149c74c42f265b', name: 'webSearchTool', input: { query: 'current Berlin weather' } },
    ])
    expect(callsOf(played('openai-compatible/chat-reasoning-tool-call'))).toEqual([
      { id: 'call_79382389', name: 'weather', input: { location: 'San Francisco' } },
    ])
  })
})
