import { type Clock, sleep } from '../../../ground/clock.ts'
import { type ModelRequest, type Provider, type ProviderEvent, ProviderFailure } from '../provider.ts'
import { circuitOf } from './circuit.ts'
import { type MockTurn, modelNames, turnOf } from './models.ts'
import type { MockSettings } from './settings.ts'

export interface MockDeps {
  clock: Clock
  /** From 0 up to 1. */
  random?: () => number
}

const contextWindow = 200_000
const charsPerToken = 4
/** A load test is about ours, not about waiting. */
const RETRY_AFTER_MS = 100
/** Reading takes so many milliseconds a character: 100 characters a microsecond. */
const msPerChar = 1 / 100_000

/** Models that do the same work every time and take as long as real ones: `mock` with faults, `mock-stable` without. */
export function createMocks(settings: MockSettings, deps: MockDeps): Provider[] {
  return [createMock('mock', settings, deps), createMock('mock-stable', { ...settings, rate429: 0, rate500: 0 }, deps)]
}

function createMock(id: string, settings: MockSettings, { clock, random = Math.random }: MockDeps): Provider {
  const failure = (status: number, cause: string, hints = {}) =>
    new ProviderFailure(id, 'retryable', cause, status, hints)

  function fault(): ProviderFailure | undefined {
    if (random() < settings.rate429) return failure(429, 'too many requests', { retryAfterMs: RETRY_AFTER_MS })
    if (random() < settings.rate500) return failure(500, 'internal error')
    return undefined
  }

  return {
    id,
    listModels: async () => [...modelNames],
    capabilities: () => ({ contextWindow, thinking: false, vision: false }),
    preferredModel: () => 'mock-generic',
    async *stream(request, signal) {
      const failed = fault()
      if (failed) return yield { type: 'error', error: failed }
      const chars = charsIn(request)
      try {
        await sleep(clock, settings.latencyMs + random() * settings.latencyJitterMs + chars * msPerChar, signal)
      } catch {
        return yield { type: 'error', error: new ProviderFailure(id, 'cancelled', 'the request was cancelled') }
      }
      const circuit = circuitOf(request)
      const turn = turnOf(request.model, circuit)
      if (!turn) {
        const cause = `there is no model "${request.model}"; there are ${modelNames.join(', ')}`
        return yield { type: 'error', error: new ProviderFailure(id, 'deprecated', cause, 404) }
      }
      yield* play(turn, chars, `mock_${circuit.results.length}`)
    },
  }
}

function* play(turn: MockTurn, charsRead: number, callId: string): Generator<ProviderEvent> {
  const isCall = 'input' in turn
  if (isCall) yield { type: 'tool_call', id: callId, name: turn.name, input: turn.input }
  else yield { type: 'text', text: turn.text }
  const written = isCall ? JSON.stringify(turn.input).length : turn.text.length
  yield {
    type: 'done',
    stop_reason: isCall ? 'tool_use' : 'end_turn',
    usage: { input_tokens: tokens(charsRead), output_tokens: tokens(written), max_context_tokens: contextWindow },
  }
}

function charsIn({ system, messages }: ModelRequest): number {
  let chars = 0
  for (const { text } of system) chars += text.length
  for (const { content } of messages) {
    for (const block of content) {
      if (block.type === 'text' || block.type === 'tool_result') chars += block.text.length
      else if (block.type === 'tool_use') chars += JSON.stringify(block.input).length
    }
  }
  return chars
}

function tokens(chars: number): number {
  return Math.ceil(chars / charsPerToken)
}
