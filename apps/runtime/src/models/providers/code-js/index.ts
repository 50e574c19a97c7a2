import type { Clock } from '../../../ground/clock.ts'
import { type CodeAgentSettings, codeJs } from '../../../ground/config/code-agents.ts'
import { type Provider, type ProviderEvent, ProviderFailure } from '../provider.ts'
import { CodeWorkers, MAX_STEP_MS, StepTooLongError } from './code-workers.ts'
import type { CodeOutcome } from './messages.ts'
import { toWork } from './to-work.ts'

export interface CodeProvider extends Provider {
  /** What keeps this from being the code of an agent; undefined where nothing does. */
  check(source: string): Promise<string | undefined>
  /** Threads at this moment. */
  readonly threads: number
  close(): Promise<void>
}

/** Reading code takes no time to speak of, so whose it is makes no difference. */
const nobody = { tenantId: '', userId: '' }

/** A code has no window, and whatever is shown of it is nothing beside this. */
const contextWindow = 1_000_000_000

/**
 * Agents that are JavaScript. A turn runs the code from its beginning, answers the calls it has made before from the
 * history, and ends with the first one that has no answer yet: nothing is held between turns, so that a run goes on
 * after a restart, or elsewhere.
 */
export function createCodeJs({ runSeconds, isDeterministic }: CodeAgentSettings, clock: Clock): CodeProvider {
  const workers = new CodeWorkers(clock)

  return {
    id: codeJs,
    runSeconds,
    listModels: async () => [],
    capabilities: () => ({ contextWindow, thinking: false, vision: false }),
    preferredModel: () => codeJs,
    get threads() {
      return workers.count
    },
    async *stream(request, signal) {
      if (!request.code) return yield failed('code_agent_load', 'code answers nothing but what it is run for')
      const turn = request.messages.filter(({ role }) => role === 'assistant').length + 1
      try {
        yield* eventsOf(await workers.ask(toWork(request, request.code, isDeterministic), request.code, signal), turn)
      } catch (error) {
        yield failureOf(error, signal)
      }
    },
    async check(source) {
      const outcome = await workers.ask({ check: source }, nobody, AbortSignal.timeout(MAX_STEP_MS))
      return outcome.kind === 'failed' ? outcome.message : undefined
    },
    close: () => workers.close(),
  }
}

function* eventsOf(outcome: CodeOutcome, turn: number): Generator<ProviderEvent> {
  const usage = { input_tokens: 0, output_tokens: 0, model: `loomcycle/${codeJs}` }
  switch (outcome.kind) {
    case 'failed':
      return yield failed(outcome.code, outcome.message)
    case 'returned':
      if (outcome.text !== '') yield { type: 'text', text: outcome.text }
      return yield { type: 'done', stop_reason: 'end_turn', usage }
    case 'call': {
      const { name, input, call, before } = outcome
      yield { type: 'tool_call', id: `cj-${turn}-${before}`, name, input: JSON.parse(input) }
      yield { type: 'done', stop_reason: 'tool_use', usage, reasoning: call }
    }
  }
}

function failureOf(error: unknown, signal: AbortSignal): ProviderEvent {
  if (signal.aborted) return failed('code_agent_cancelled', 'the run was stopped', 'cancelled')
  if (error instanceof StepTooLongError) {
    return failed('code_agent_timeout', `it computed for ${MAX_STEP_MS / 1000} s and called nothing`)
  }
  return failed('code_agent_threw', error instanceof Error ? error.message : String(error))
}

function failed(code: string, message: string, failureClass: 'permanent' | 'cancelled' = 'permanent'): ProviderEvent {
  const error = new ProviderFailure(codeJs, failureClass, `${code}: ${message}`, undefined, { code })
  return { type: 'error', error }
}
