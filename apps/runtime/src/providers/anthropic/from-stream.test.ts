import { describe, expect, it } from 'vitest'
import { createFail } from '../failures.ts'
import { anthropicError, anthropicFrames, anthropicSse } from '../testing/anthropic-wire.ts'
import { eventsOf, everyCut } from '../testing/cuts.ts'
import { ANTHROPIC_RECORDINGS, findRecording } from '../testing/recordings.ts'
import { callsOf, textOf } from '../testing/requests.ts'
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
      expect.objectContaining({ failureClass, status, message: expect.stringContaining(`: ${type}: Sorry`) }),
    )
  })

  describe.each(ANTHROPIC_RECORDINGS)('the recording %s', (name) => {
    const recording = findRecording(name)
    const needed = recording === undefined ? it.skip : it

    needed('gives the same events whichever byte it is cut at (skipped where ../shared/data is absent)', () => {
      const whole = JSON.stringify(play(recording!.sse))
      expect(whole).toContain('"type":"done"')
      for (const parts of everyCut(bytes(recording!.sse))) {
        if (JSON.stringify(eventsOf(reader(), ...parts)) !== whole) expect.fail(`differs at byte ${parts[0].length}`)
      }
    })
  })

  const recorded = (name: string) => play(findRecording(name)!.sse)
  const needed = findRecording('anthropic/text') === undefined ? it.skip : it

  needed('says what was recorded (skipped where ../shared/data is absent)', () => {
    expect(textOf(recorded('anthropic/text'))).toMatch(/^Hello! I'm doing well/)
    expect(recorded('anthropic/text').at(-1)).toMatchObject({ usage: { input_tokens: 12, output_tokens: 30 } })
    expect(callsOf(recorded('anthropic/text-then-tool-no-args'))).toEqual([
      { id: 'toolu_01QE1WLsSVp5hy5Q3GmGTmjP', name: 'updateIssueList', input: {} },
    ])
    expect(callsOf(recorded('anthropic/tool-json-arguments'))[0]?.input).toEqual({
      elements: [{ location: 'San Francisco', temperature: 58, condition: 'sunny' }],
    })
    expect(textOf(recorded('anthropic/thinking'), 'thinking')).toContain('925 ÷ 5 = 185')
    expect(recorded('anthropic/thinking').at(-1)).toMatchObject({ reasoning: expect.stringContaining('EvQBCkYICxgC') })
  })
})
