import { describe, expect, it } from 'vitest'
import { createFail } from '../failures.ts'
import { anthropicError, anthropicFrames, anthropicSse } from '../testing/anthropic-wire.ts'
import { eventsOf, everyCut } from '../testing/cuts.ts'
import { callsOf, textOf } from '../testing/requests.ts'
import { ANTHROPIC_STREAMS, findStream, getStream } from '../testing/streams.ts'
import { createReader } from './from-stream.ts'

const reader = () => createReader({ provider: 'anthropic', fail: createFail('anthropic'), fromWire: (name) => name })
const bytes = (text: string) => new TextEncoder().encode(text)
const play = (sse: string) => eventsOf(reader(), bytes(sse))
const playFrames = (frames: { type: string; [member: string]: unknown }[]) => play(anthropicSse(frames))

describe('a stream of Anthropic', () => {
  it('takes usage from the start and from the end', () => {
    const frames = anthropicFrames({ text: 'Hi', usage: { input: 7, output: 9, cached: 3 } })
    expect(playFrames(frames).at(-1)).toMatchObject({
      usage: {
        input_tokens: 7,
        output_tokens: 9,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 3,
        model: 'claude-sonnet-4-5-20250929',
        provider: 'anthropic',
      },
    })
  })

  it('keeps hidden thinking for the next request', () => {
    const [start, ...rest] = anthropicFrames({ text: 'Hi' })
    const block = { type: 'redacted_thinking', data: 'xyz' }
    const events = playFrames([start!, { type: 'content_block_start', index: 9, content_block: block }, ...rest])
    expect(events.at(-1)).toMatchObject({
      type: 'done',
      reasoning: '[{"type":"redacted_thinking","data":"xyz"},{"type":"text","length":2}]',
    })
    expect(textOf(events, 'thinking')).toBe('')
  })

  it('does not keep thinking without a signature, which the service would refuse', () => {
    const frames = anthropicFrames({ thinking: 'Hm', text: 'Hi' })
    const unsigned = frames.filter((frame) => !JSON.stringify(frame).includes('signature_delta'))
    expect(playFrames(unsigned).at(-1)).not.toHaveProperty('reasoning')
  })

  it('takes arguments that come with the start of the call', () => {
    const [start, ...rest] = anthropicFrames({ text: 'Hi' })
    const block = { type: 'tool_use', id: 'c', name: 'look', input: { at: 'a' } }
    const events = playFrames([start!, { type: 'content_block_start', index: 9, content_block: block }, ...rest])
    expect(callsOf(events)).toEqual([{ id: 'c', name: 'look', input: { at: 'a' } }])
    expect(events.at(-1)).toMatchObject({ stop_reason: 'tool_use' })
  })

  it.each(['max_tokens', 'stop_sequence', 'refusal', 'pause_turn'])('passes the reason %s on', (stop) => {
    expect(playFrames(anthropicFrames({ text: 'Hi', stop })).at(-1)).toMatchObject({ stop_reason: stop })
  })

  it('skips what it does not know', () => {
    const frames = anthropicFrames({ text: 'Hi' })
    const odd = [
      { type: 'new_thing' },
      { type: 'content_block_delta', index: 42, delta: { type: 'text_delta', text: '?' } },
    ]
    expect(playFrames([...odd, ...frames])).toEqual(playFrames(frames))
  })

  it.each([
    ['overloaded_error', 'retryable', 529],
    ['rate_limit_error', 'retryable', 429],
    ['api_error', 'retryable', 500],
    ['something_new', 'retryable', undefined],
    ['invalid_request_error', 'permanent', 400],
    ['authentication_error', 'permanent', 401],
  ])('calls a %s in the stream %s', (type, failureClass, status) => {
    expect(() => playFrames([anthropicError(type, 'Sorry')])).toThrow(
      expect.objectContaining({
        failureClass,
        status,
        message: expect.stringMatching(new RegExp(`: Sorry \\(${type}\\)$`)),
      }),
    )
  })

  it('calls nothing that a refused turn asked for', () => {
    const call = { calls: [{ id: 't1', name: 'look', input: { at: 'home' } }] }
    expect(callsOf(playFrames(anthropicFrames(call)))).toHaveLength(1)
    const refused = playFrames(anthropicFrames({ ...call, stop: 'refusal' }))
    expect(callsOf(refused)).toEqual([])
    expect(refused.at(-1)).toMatchObject({ type: 'done', stop_reason: 'refusal' })
  })

  it('is cut where the window is full, and calls nothing that was cut', () => {
    const full = (content_block: object, delta: object) =>
      playFrames([
        { type: 'content_block_start', index: 0, content_block },
        { type: 'content_block_delta', index: 0, delta },
        { type: 'message_delta', delta: { stop_reason: 'model_context_window_exceeded' } },
        { type: 'message_stop' },
      ])
    const said = full({ type: 'text', text: '' }, { type: 'text_delta', text: 'Half' })
    expect(said.at(-1)).toMatchObject({ type: 'done', stop_reason: 'max_tokens' })
    const piece = { type: 'input_json_delta', partial_json: '{"at":' }
    const called = full({ type: 'tool_use', id: 't1', name: 'look' }, piece)
    expect(called).toMatchObject([{ type: 'done', stop_reason: 'max_tokens' }])
  })

  describe.each(ANTHROPIC_STREAMS)('the stream %s', (name) => {
    const sse = findStream(name)

    it.skipIf(sse === undefined)('gives the same events whichever byte it is cut at', () => {
      const whole = JSON.stringify(play(sse!))
      expect(whole).toContain('"type":"done"')
      for (const parts of everyCut(bytes(sse!))) {
        if (JSON.stringify(eventsOf(reader(), ...parts)) !== whole) expect.fail(`differs at byte ${parts[0].length}`)
      }
    })
  })

  const played = (name: string) => play(getStream(name))

  it('says what the service said', () => {
    expect(textOf(played('anthropic/spoken-text'))).toBe(
      'The ferry leaves at 7:40 — from the *old* quay. Über die Brücke sind es 12 Minuten. 🚢',
    )
    expect(played('anthropic/spoken-text').at(-1)).toMatchObject({ usage: { input_tokens: 14, output_tokens: 31 } })
    expect(callsOf(played('anthropic/text-then-bare-call'))).toEqual([
      { id: 'toolu_timetable', name: 'readTimetable', input: {} },
    ])
    expect(callsOf(played('anthropic/call-in-pieces'))[0]?.input).toEqual({
      line: 'F1',
      stops: [
        { name: 'Gröna Lund', minutes: 12 },
        { name: 'Slussen', minutes: 20 },
      ],
    })
    expect(textOf(played('anthropic/thought-then-text'), 'thinking')).toContain('12 × 9 = 108')
    expect(played('anthropic/thought-then-text').at(-1)).toMatchObject({
      reasoning: expect.stringContaining('bm90LWEtcmVhbC1'),
    })
  })

  it.skipIf(findStream('anthropic/text') === undefined)('says what was recorded', () => {
    expect(textOf(played('anthropic/text'))).toMatch(/^Hello! I'm doing well/)
    expect(played('anthropic/text').at(-1)).toMatchObject({ usage: { input_tokens: 12, output_tokens: 30 } })
    expect(callsOf(played('anthropic/text-then-tool-no-args'))).toEqual([
      { id: 'toolu_01QE1WLsSVp5hy5Q3GmGTmjP', name: 'updateIssueList', input: {} },
    ])
    expect(callsOf(played('anthropic/tool-json-arguments'))[0]?.input).toEqual({
      elements: [{ location: 'San Francisco', temperature: 58, condition: 'sunny' }],
    })
    expect(textOf(played('anthropic/thinking'), 'thinking')).toContain('925 ÷ 5 = 185')
    expect(played('anthropic/thinking').at(-1)).toMatchObject({ reasoning: expect.stringContaining('EvQBCkYICxgC') })
  })
})
