import { describe, expect, it } from 'vitest'
import { createFail } from '../failures.ts'
import { readRefusal } from '../refusals.ts'
import { eventsOf, everyCut } from '../testing/cuts.ts'
import { geminiFrames, geminiSse } from '../testing/gemini-wire.ts'
import { callsOf, textOf } from '../testing/requests.ts'
import { findStream, GEMINI_STREAMS, getStream } from '../testing/streams.ts'
import { createReader } from './from-stream.ts'

const fail = createFail('gemini')
const reader = () => createReader({ provider: 'gemini', fail, fromWire: (name) => name })
const bytes = (text: string) => new TextEncoder().encode(text)
const playFrames = (frames: Record<string, unknown>[]) => {
  const one = reader()
  return [...eventsOf(one, bytes(geminiSse(frames))), ...one.end(false)]
}
const play = (sse: string, ...parts: Uint8Array[]) => {
  const one = reader()
  return [...eventsOf(one, ...(parts.length > 0 ? parts : [bytes(sse)])), ...one.end(false)]
}
const said = (...parts: object[]) => ({ candidates: [{ content: { role: 'model', parts } }] })
const stop = (finishReason = 'STOP', more: object = {}) => ({ candidates: [{ finishReason, ...more }] })

describe('a stream of Gemini', () => {
  it('counts no token twice: not the cached ones, and thoughts with the answer', () => {
    const usageMetadata = {
      promptTokenCount: 100,
      cachedContentTokenCount: 60,
      candidatesTokenCount: 7,
      thoughtsTokenCount: 30,
      toolUsePromptTokenCount: 2,
      totalTokenCount: 139,
    }
    expect(playFrames([said({ text: 'Hi' }), { ...stop(), usageMetadata, modelVersion: 'm-1' }]).at(-1)).toMatchObject({
      usage: { input_tokens: 42, output_tokens: 37, cache_read_input_tokens: 60, model: 'm-1', provider: 'gemini' },
    })
  })

  it('keeps each signature with its part, and the ids that the service gave', () => {
    const frames = [
      said({ text: 'Let ' }),
      said({ text: 'me' }),
      said({ text: ' see.', thoughtSignature: 'a' }),
      said({ functionCall: { id: 'f1', name: 'look' }, thoughtSignature: 'b' }, { functionCall: { name: 'look' } }),
      said({ text: 'Hm.', thought: true }, { text: '', thought: true, thoughtSignature: 'c' }),
      said({ text: '', thoughtSignature: 'd' }),
      stop(),
    ]
    const done = playFrames(frames).at(-1) as { reasoning: string }
    expect(JSON.parse(done.reasoning)).toEqual([
      { type: 'text', length: 6 },
      { type: 'text', length: 5, signature: 'a' },
      { type: 'call', id: 'f1', signature: 'b' },
      { type: 'call' },
      { type: 'thought', text: '', signature: 'c' },
      { type: 'text', length: 0, signature: 'd' },
    ])
  })

  it('keeps nothing of a turn in which nothing was signed', () => {
    expect(playFrames([said({ text: 'Hm', thought: true }, { text: 'Hi' }), stop()]).at(-1)).not.toHaveProperty(
      'reasoning',
    )
  })

  it('keeps no place for a call that is not made', () => {
    const frames = [
      said({ functionCall: { name: 'look', args: {} }, thoughtSignature: 'a' }),
      said({ functionCall: { name: 'look', args: '{"at":' } }),
      stop('MAX_TOKENS'),
    ]
    const events = playFrames(frames)
    expect(callsOf(events)).toEqual([{ id: '', name: 'look', input: {} }])
    expect(events.at(-1)).toMatchObject({ reasoning: '[{"type":"call","signature":"a"}]' })
  })

  it.each([
    ['STOP', 'end_turn'],
    ['MAX_TOKENS', 'max_tokens'],
    ['SAFETY', 'content_filter'],
    ['RECITATION', 'content_filter'],
    ['BLOCKLIST', 'content_filter'],
    ['PROHIBITED_CONTENT', 'content_filter'],
    ['SPII', 'content_filter'],
    ['LANGUAGE', 'content_filter'],
    ['OTHER', 'other'],
  ])('calls the reason %s %s', (finishReason, stop_reason) => {
    expect(playFrames([said({ text: 'Hi' }), stop(finishReason)]).at(-1)).toMatchObject({ type: 'done', stop_reason })
  })

  it.each(['MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL', 'TOO_MANY_TOOL_CALLS', 'MISSING_THOUGHT_SIGNATURE'])(
    'asks again where the model made a %s',
    (reason) => {
      const frames = [said({ text: 'Hi' }), stop(reason, { finishMessage: 'print(look())' })]
      expect(() => playFrames(frames)).toThrow(
        expect.objectContaining({
          failureClass: 'retryable',
          message: `gemini: the service gave up: ${reason} (print(look()))`,
        }),
      )
    },
  )

  it('says that a prompt was blocked, which it will be again', () => {
    const blocked = (blockReason: string) => {
      try {
        playFrames([{ promptFeedback: { blockReason, safetyRatings: [] }, usageMetadata: { promptTokenCount: 4 } }])
      } catch (error) {
        return error as Error & { failureClass: string }
      }
      throw new Error('it was not')
    }
    const failure = blocked('PROHIBITED_CONTENT')
    expect(failure).toMatchObject({
      failureClass: 'permanent',
      message: 'gemini: the prompt was blocked: PROHIBITED_CONTENT',
    })
    expect(readRefusal(failure.message)).toEqual({ cause: 'refused_words' })
    expect(readRefusal(blocked('OTHER').message)).toBeUndefined()
  })

  it('says that there was a picture', () => {
    const events = playFrames([said({ inlineData: { mimeType: 'image/png', data: 'AAAA' } }), stop()])
    expect(textOf(events)).toContain('[The model sent a picture, which is not kept.]')
  })

  it('skips what it does not know', () => {
    const frames = geminiFrames({ text: 'Hi' })
    const odd = [{ newThing: 1 }, said({ executableCode: { code: 'x' } }), { candidates: [{ index: 1, content: {} }] }]
    expect(playFrames([...odd, ...frames])).toEqual(playFrames(frames))
  })

  it.each([
    [429, 'RESOURCE_EXHAUSTED', 'retryable'],
    [503, 'UNAVAILABLE', 'retryable'],
    [500, 'INTERNAL', 'retryable'],
    [400, 'INVALID_ARGUMENT', 'permanent'],
    [403, 'PERMISSION_DENIED', 'permanent'],
  ])('calls a %i in the stream (%s) %s', (code, status, failureClass) => {
    const frames = [said({ text: 'One' }), { error: { code, status, message: 'Sorry' } }]
    expect(() => playFrames(frames)).toThrow(
      expect.objectContaining({ failureClass, status: code, message: `gemini ${code}: Sorry (${status})` }),
    )
  })

  describe.each(GEMINI_STREAMS)('the stream %s', (name) => {
    const sse = findStream(name)

    it.skipIf(sse === undefined)('gives the same events whichever byte it is cut at', () => {
      const whole = JSON.stringify(play(sse!))
      expect(whole).toContain('"type":"done"')
      for (const parts of everyCut(bytes(sse!))) {
        if (JSON.stringify(play('', ...parts)) !== whole) expect.fail(`differs at byte ${parts[0].length}`)
      }
    })
  })

  const played = (name: string) => play(getStream(name))

  it('says what the service said', () => {
    expect(textOf(played('gemini/spoken-text'))).toBe(
      'The ferry leaves at 7:40 — from the *old* quay. Über die Brücke sind es 12 Minuten. 🚢',
    )
    const thought = played('gemini/thought-then-calls')
    expect(textOf(thought, 'thinking')).toContain('both timetables, F1 and F2.')
    expect(callsOf(thought)).toEqual([
      { id: 'fc-a1', name: 'readTimetable', input: { line: 'F1', stops: [{ name: 'Gröna Lund', minutes: 12 }] } },
      { id: 'fc-a2', name: 'readTimetable', input: { line: 'F2' } },
    ])
    expect(thought.at(-1)).toMatchObject({
      usage: { input_tokens: 82, output_tokens: 99, cache_read_input_tokens: 128 },
    })
    expect(callsOf(played('gemini/calls-without-ids'))).toEqual([
      { id: '', name: 'readTimetable', input: {} },
      { id: '', name: 'readTimetable', input: { line: 'F1' } },
    ])
  })

  it.skipIf(findStream('gemini/text') === undefined)('says what was recorded', () => {
    expect(textOf(played('gemini/text'))).toBe('There are **3** "r"s in strawberry.\n\nst**r**awbe**rr**y')
    expect(played('gemini/text').at(-1)).toMatchObject({
      usage: { input_tokens: 9, output_tokens: 208 },
      reasoning: expect.stringMatching(/"length":0,"signature":"EqsFCqgFAb4/),
    })
    const call = played('gemini/tool-call')
    expect(callsOf(call)).toEqual([{ id: '', name: 'weather', input: { location: 'San Francisco' } }])
    expect(call.at(-1)).toMatchObject({ reasoning: expect.stringMatching(/^\[\{"type":"call","signature":"EqUCCqIC/) })
  })
})
