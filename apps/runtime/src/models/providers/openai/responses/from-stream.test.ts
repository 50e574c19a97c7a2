import { describe, expect, it } from 'vitest'
import { createFail } from '../../failures.ts'
import { eventsOf, everyCut } from '../../testing/cuts.ts'
import { callsOf, textOf } from '../../testing/requests.ts'
import { responsesFrames, responsesSse } from '../../testing/responses-wire.ts'
import { findStream, getStream, RESPONSES_STREAMS } from '../../testing/streams.ts'
import { createReader } from './from-stream.ts'

const fail = createFail('openai')
const reader = () => createReader({ provider: 'openai', fail, fromWire: (name) => name })
const bytes = (text: string) => new TextEncoder().encode(text)
const play = (sse: string) => eventsOf(reader(), bytes(sse))
const playFrames = (frames: ReturnType<typeof responsesFrames>) => play(responsesSse(frames))

describe('a stream of OpenAI’s Responses', () => {
  it('keeps thoughts sealed, and where they stood', () => {
    const turn = { thinking: 'Hm.', text: 'Hi', calls: [{ id: 'c', name: 'look', input: {} }] }
    expect(JSON.parse((playFrames(responsesFrames(turn)).at(-1) as { reasoning: string }).reasoning)).toEqual([
      { type: 'reasoning', id: 'rs_1', summary: ['Hm.'], encrypted: 'gAAAAAsealed' },
      { type: 'text', length: 2 },
      { type: 'call' },
    ])
  })

  it('keeps nothing that is not sealed, and no thought that nothing followed', () => {
    const unsealed = JSON.stringify(responsesFrames({ thinking: 'Hm.', text: 'Hi' })).replaceAll('gAAAAAsealed', '')
    expect(playFrames(JSON.parse(unsealed)).at(-1)).not.toHaveProperty('reasoning')
    const cut = playFrames(responsesFrames({ thinking: 'Hm.', stop: 'max_output_tokens' }))
    expect(cut.at(-1)).toMatchObject({ type: 'done', stop_reason: 'max_tokens' })
    expect(cut.at(-1)).not.toHaveProperty('reasoning')
  })

  it('remembers what part of the turn a text was', () => {
    const phased = JSON.stringify(responsesFrames({ text: 'Hi' })).replaceAll(
      '"role":"assistant"',
      '"role":"assistant","phase":"final_answer"',
    )
    expect(playFrames(JSON.parse(phased)).at(-1)).toMatchObject({
      reasoning: '[{"type":"text","length":2,"phase":"final_answer"}]',
    })
  })

  it('puts a line between two thoughts', () => {
    const events = playFrames([
      { type: 'response.reasoning_summary_part.added', output_index: 0 },
      { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'One.' },
      { type: 'response.reasoning_summary_part.added', output_index: 0 },
      { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'Two.' },
      { type: 'response.completed', response: { status: 'completed', output: [] } },
    ])
    expect(textOf(events, 'thinking')).toBe('One.\n\nTwo.')
  })

  it('takes what was told only in the end', () => {
    const whole = responsesFrames({ thinking: 'Hm.', text: 'Hi', calls: [{ id: 'c', name: 'look', input: { a: 1 } }] })
    const events = playFrames(whole.slice(-1))
    expect(textOf(events, 'thinking')).toBe('Hm.')
    expect(textOf(events)).toBe('Hi')
    expect(callsOf(events)).toEqual([{ id: 'c', name: 'look', input: { a: 1 } }])
  })

  it('shows a refusal as text', () => {
    const events = playFrames([
      { type: 'response.output_item.added', output_index: 0, item: { type: 'message' } },
      { type: 'response.refusal.delta', output_index: 0, delta: 'No.' },
      { type: 'response.completed', response: { status: 'completed', output: [] } },
    ])
    expect(textOf(events)).toBe('No.')
    expect(events.at(-1)).toMatchObject({ stop_reason: 'refusal' })
  })

  it.each([
    ['server_error', 'retryable', 500],
    ['rate_limit_exceeded', 'retryable', 429],
    ['context_length_exceeded', 'permanent', 400],
    ['something_new', 'retryable', undefined],
  ])('calls a response that failed with %s %s', (code, failureClass, status) => {
    const response = { status: 'failed', error: { code, message: 'Sorry' } }
    expect(() => playFrames([{ type: 'response.failed', response }])).toThrow(
      expect.objectContaining({ failureClass, status, message: expect.stringContaining(`Sorry (${code})`) }),
    )
  })

  it('says that a response failed that does not say why', () => {
    const failed = [{ type: 'response.failed', response: { status: 'failed', error: null } }]
    expect(() => playFrames(failed)).toThrow('openai: the service gave up: response.failed')
  })

  describe.each(RESPONSES_STREAMS)('the stream %s', (name) => {
    const sse = findStream(name)

    it.skipIf(sse === undefined)('gives the same events whichever byte it is cut at', () => {
      const whole = JSON.stringify(play(sse!))
      expect(whole).toContain('"type":"done"')
      for (const parts of everyCut(bytes(sse!))) {
        if (JSON.stringify(eventsOf(reader(), ...parts)) !== whole) expect.fail(`differs at byte ${parts[0].length}`)
      }
    })
  })

  it('says what the service said', () => {
    const events = play(getStream('openai-responses/thought-then-calls'))
    expect(textOf(events, 'thinking')).toBe('**Two timetables**\n\nF1 and F2 — both.')
    expect(callsOf(events)).toEqual([
      { id: 'call_f1', name: 'readTimetable', input: { line: 'F1', stop: 'Gröna Lund' } },
      { id: 'call_f2', name: 'readTimetable', input: {} },
    ])
    expect(events.at(-1)).toMatchObject({
      usage: { input_tokens: 82, output_tokens: 99, cache_read_input_tokens: 128, model: 'gpt-5.1-2025-11-13' },
    })
  })
})
