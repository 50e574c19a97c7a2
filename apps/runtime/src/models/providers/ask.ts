import type { Usage } from '@loomcycle/proto'
import { sleep } from '../../ground/clock.ts'
import { type ModelRequest, type Provider, type ProviderEvent, ProviderFailure } from './provider.ts'
import { Retries, type Retry, type RetrySettings } from './retries.ts'
import { mendCall } from './tools/mend-call.ts'

export type AskEvent =
  | ProviderEvent
  /** What was said so far is void: after this wait it is asked for again. */
  | ({ type: 'retry'; usage?: Usage | undefined } & Retry)

/** One turn of a model, asked for again where that may help. Never throws; ends with exactly one `done` or `error`. */
export async function* ask(
  provider: Provider,
  request: ModelRequest,
  signal: AbortSignal,
  settings: RetrySettings,
): AsyncGenerator<AskEvent, void> {
  const retries = new Retries(settings)
  for (;;) {
    let failure: ProviderFailure | undefined
    let usage: Usage | undefined
    let hasBegun = false
    for await (const event of guarded(provider, request, signal)) {
      if (event.type === 'error') {
        failure = event.error
        usage = event.usage
        break
      }
      hasBegun = true
      yield event
      if (event.type === 'done') return
    }
    failure ??= new ProviderFailure(provider.id, 'retryable', 'the stream ended before the turn did')
    const retry = signal.aborted ? undefined : retries.next(failure, hasBegun)
    if (retry === undefined) return yield { type: 'error', error: retries.final(failure), usage }
    yield { type: 'retry', ...retry, usage }
    try {
      await sleep(settings.clock, retry.wait_ms, signal)
    } catch {
      const cancelled = new ProviderFailure(provider.id, 'cancelled', 'cancelled while waiting to ask again')
      return yield { type: 'error', error: cancelled }
    }
  }
}

/** A provider promises not to throw; if one does, that is a failed turn and not a failed process. */
async function* guarded(provider: Provider, request: ModelRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
  try {
    for await (const event of provider.stream(request, signal)) {
      yield event.type === 'tool_call' ? mendCall(event, request.tools) : event
    }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    yield { type: 'error', error: new ProviderFailure(provider.id, 'permanent', cause) }
  }
}

export interface WholeAnswer {
  text: string
  usage: Usage
  stopReason: string
}

/** What a turn said, for those who want nothing before it is whole. Throws `ProviderFailure`. */
export async function wholeAnswer(events: AsyncIterable<AskEvent>): Promise<WholeAnswer> {
  let text = ''
  for await (const event of events) {
    if (event.type === 'text') text += event.text
    else if (event.type === 'retry' || event.type === 'text_was_thinking') text = ''
    else if (event.type === 'error') throw event.error
    else if (event.type === 'done') return { text, usage: event.usage, stopReason: event.stop_reason }
  }
  throw new Error('a turn has an end')
}
