import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnthropic } from './anthropic/index.ts'
import { createGemini } from './gemini/index.ts'
import type { HttpDeps } from './http.ts'
import { createOllama } from './ollama/index.ts'
import { createOpenAi } from './openai/index.ts'
import { type Provider, ProviderFailure } from './provider.ts'
import { anthropicTurn } from './testing/anthropic-wire.ts'
import { geminiTurn } from './testing/gemini-wire.ts'
import { ollamaTurn } from './testing/ollama-wire.ts'
import { openaiTurn } from './testing/openai-wire.ts'
import { aRequest, collect } from './testing/requests.ts'
import { responsesTurn } from './testing/responses-wire.ts'

const TURN = {
  thinking: 'Hm 🤔',
  text: ['Grüße', ' 東京'],
  calls: [{ id: 'a', name: 'look', pieces: ['{"at":', '"home"}'] }, { name: 'now' }],
}

/** Frames that are JSON, and about the right shape, and wrong. */
const oddFrame = fc.letrec((tie) => ({
  value: fc.oneof(fc.constantFrom(null, 0, '', 'x', true), tie('object'), fc.array(tie('value'), { maxLength: 2 })),
  object: fc.dictionary(
    fc.constantFrom(
      'type',
      'index',
      'delta',
      'content_block',
      'message',
      'usage',
      'error',
      'choices',
      'tool_calls',
      'function',
      'content',
      'finish_reason',
      'done',
      'done_reason',
      'thinking',
      'candidates',
      'output_index',
      'item',
      'response',
      'output',
      'parts',
      'functionCall',
      'promptFeedback',
      'finishReason',
    ),
    fc.oneof(
      tie('value'),
      fc.constantFrom(
        'message_start',
        'response.output_item.done',
        'response.completed',
        'response.failed',
        'reasoning',
        'content_block_start',
        'content_block_delta',
        'message_delta',
        'text_delta',
        'tool_use',
        'stop',
      ),
    ),
    { maxKeys: 5 },
  ),
})).object

const damage = fc.oneof(
  fc.record({ cut: fc.nat(4000) }),
  fc.record({ at: fc.nat(4000), bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) }),
  fc.record({ frames: fc.array(oddFrame, { minLength: 1, maxLength: 3 }), before: fc.nat(12) }),
)

type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never

function damaged(sse: string, how: Damage): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(sse)
  if ('cut' in how) return bytes.slice(0, how.cut)
  if ('frames' in how) {
    const [end, begin] = sse.includes('\n\n') ? ['\n\n', 'data: '] : ['\n', '']
    const frames = sse.split(new RegExp(`(?<=${end})`))
    const odd = how.frames.map((frame) => `${begin}${JSON.stringify(frame)}${end}`)
    return new TextEncoder().encode(frames.toSpliced(how.before, 0, ...odd).join(''))
  }
  bytes.set(how.bytes, Math.min(how.at, bytes.length - how.bytes.length))
  return bytes
}

function alwaysEndsOnce(sse: string, make: (deps: HttpDeps) => Provider, model = 'some-model') {
  const property = fc.asyncProperty(damage, async (how) => {
    const provider = make({ fetch: async () => new Response(damaged(sse, how)) })
    const events = await collect(provider.stream(aRequest({ model }), AbortSignal.any([])))
    const last = events.pop()
    expect(['done', 'error']).toContain(last?.type)
    expect(events.filter((event) => event.type === 'done' || event.type === 'error')).toEqual([])
    if (last?.type === 'error') {
      expect(last.error).toBeInstanceOf(ProviderFailure)
      expect(last.error.message).toMatch(/^[\w-]+( \d{3})?: \S/)
    }
  })
  return fc.assert(property, { numRuns: 500 })
}

describe('whatever the service sends', () => {
  it('a turn of Anthropic ends once, with the cause if it failed', () =>
    alwaysEndsOnce(anthropicTurn(TURN).body, (deps) => createAnthropic({ apiKey: 'key-of-test' }, deps)))

  it('a turn of Gemini ends once, with the cause if it failed', () =>
    alwaysEndsOnce(geminiTurn(TURN).body, (deps) => createGemini({ apiKey: 'key-of-test' }, deps)))

  it('a turn of OpenAI’s Responses ends once, with the cause if it failed', () =>
    alwaysEndsOnce(
      responsesTurn(TURN).body,
      (deps) => createOpenAi({ service: 'openai', apiKey: 'key-of-test' }, deps),
      'o3',
    ))

  it('a turn of a chat-completions service ends once, with the cause if it failed', () =>
    alwaysEndsOnce(openaiTurn(TURN).body, (deps) => createOpenAi({ apiKey: 'key-of-test' }, deps)))

  it('a turn of Ollama ends once, with the cause if it failed', () => {
    const options = {
      id: 'ollama-local',
      baseUrl: 'http://127.0.0.1',
      isLocal: true,
      isCloud: false,
      contextVariable: 'X',
    }
    return alwaysEndsOnce(ollamaTurn(TURN).body, (deps) => createOllama(options, deps))
  })
})
