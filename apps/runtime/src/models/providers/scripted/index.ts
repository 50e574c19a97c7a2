import { createHash } from 'node:crypto'
import { type Clock, sleep } from '../../../ground/clock.ts'
import { type ModelRequest, type Provider, type ProviderEvent, ProviderFailure } from '../provider.ts'
import { chunksOf } from './chunks.ts'
import type { Pace, ScriptedModel, ScriptedTurn } from './turn.ts'
import { CONTEXT_WINDOW, usageOf } from './usage.ts'

export interface ScriptedProviderOptions {
  clock: Clock
  /** By the name agents give as `model`. */
  models: Readonly<Record<string, ScriptedModel>>
  /** For turns that name none of their own. */
  pace?: Pace
}

const AT_ONCE: Pace = { chunk_chars: 24, delay_ms: 0 }

/** Answers from programs and files instead of a service, for the first minute, for tests and for load. */
export function createScriptedProvider({ clock, models, pace = AT_ONCE }: ScriptedProviderOptions): Provider {
  const names = Object.keys(models)

  async function turnFor(request: ModelRequest): Promise<ScriptedTurn> {
    const model = Object.hasOwn(models, request.model) ? models[request.model] : undefined
    if (!model) return failing(`there is no script named "${request.model}"; there are: ${names.join(', ')}`)
    try {
      return await model(request)
    } catch (error) {
      return failing(`script "${request.model}" failed: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  return {
    id: 'scripted',
    listsAll: true,
    listModels: async () => names,
    capabilities: () => ({ contextWindow: CONTEXT_WINDOW, thinking: true, vision: false }),
    preferredModel: (offered) => (offered.includes('demo') ? 'demo' : (offered[0] ?? 'demo')),
    async *stream(request, signal) {
      try {
        signal.throwIfAborted()
        const turn = await turnFor(request)
        yield* play(turn, request, { clock, signal, pace: turn.pace ?? pace })
      } catch (error) {
        if (!signal.aborted) throw error
        yield { type: 'error', error: new ProviderFailure('scripted', 'cancelled', 'the request was cancelled') }
      }
    },
  }
}

interface Stage {
  clock: Clock
  signal: AbortSignal
  pace: Pace
}

async function* play(turn: ScriptedTurn, request: ModelRequest, stage: Stage): AsyncGenerator<ProviderEvent> {
  yield* say('thinking', turn.thinking, stage)
  yield* say('text', turn.text, stage)
  const calls = turn.tool_calls ?? []
  const madeUpId = calls.some((call) => call.id === undefined) ? turnId(request) : ''
  for (const [index, call] of calls.entries()) {
    stage.signal.throwIfAborted()
    yield { type: 'tool_call', id: call.id ?? `${madeUpId}_${index}`, name: call.name, input: call.input }
  }
  if (turn.hold) await aborted(stage.signal)
  if (turn.error) {
    const { message, class: failureClass = 'permanent', status } = turn.error
    yield { type: 'error', error: new ProviderFailure('scripted', failureClass, message, status) }
    return
  }
  const stop_reason = turn.stop_reason ?? (turn.tool_calls?.length ? 'tool_use' : 'end_turn')
  yield { type: 'done', stop_reason, usage: usageOf(request, turn) }
}

async function* say(
  type: 'text' | 'thinking',
  text: string | undefined,
  { clock, signal, pace }: Stage,
): AsyncGenerator<ProviderEvent> {
  for (const chunk of chunksOf(text ?? '', pace.chunk_chars)) {
    if (pace.delay_ms > 0) await sleep(clock, pace.delay_ms, signal)
    signal.throwIfAborted()
    yield { type, text: chunk }
  }
}

/** The same in every attempt at this turn, and different in every other turn, compacted histories included. */
function turnId({ runId, messages }: ModelRequest): string {
  const history = createHash('sha256').update(runId).update(JSON.stringify(messages)).digest('hex')
  return `sc_${history.slice(0, 16)}`
}

function failing(message: string): ScriptedTurn {
  return { error: { message } }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
