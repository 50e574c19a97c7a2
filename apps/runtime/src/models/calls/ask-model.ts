import { type AskEvent, ask } from '../providers/ask.ts'
import type { ProviderNews } from '../providers/news.ts'
import type { ModelRequest } from '../providers/provider.ts'
import type { RetrySettings } from '../providers/retries.ts'
import type { Availability } from '../routing/availability.ts'
import type { ResolvedModel } from '../routing/resolve.ts'
import { type CallQueue, type Entering, noPlace } from './call-queue.ts'
import { wholeTokens } from './whole-tokens.ts'

/** How patient whoever asks is, on whose behalf, and what there is to do while a call waits for others to be over. */
export interface AskSettings extends RetrySettings, Entering {
  /** So long a model is left alone that was asked too much and does not say for how long. */
  cooldownMs?: number | undefined
}

/**
 * One turn of a model, for whoever wants one. Never throws; ends with exactly one `done` or `error`, whose code is
 * `provider_concurrency_exhausted` where the call was not made since too many others are.
 */
export type AskModel = (
  answering: ResolvedModel,
  request: ModelRequest,
  signal: AbortSignal,
  settings: AskSettings,
) => AsyncGenerator<AskEvent, void>

export interface AskModelDeps {
  availability: Pick<Availability, 'answered' | 'failed'>
  news: Pick<ProviderNews, 'answered' | 'failed'>
  queue: Pick<CallQueue, 'enter'>
}

/** How everybody asks: who keeps track of how models are doing hears what came of it. */
export function modelAsker({ availability, news, queue }: AskModelDeps): AskModel {
  return async function* ({ provider, model }, request, signal, settings) {
    const choice = { provider: provider.id, model }
    // Code is no call to a service, and has turns of its own.
    const enter = request.code ? undefined : (stop: AbortSignal) => queue.enter(provider.id, settings, stop)
    for await (const event of ask(provider, request, signal, settings, enter)) {
      if (event.type === 'done') {
        news.answered(provider.id, model)
        availability.answered(choice)
      }
      // What somebody stopped says nothing of the service, and neither does what never got to it.
      if (event.type === 'error' && !signal.aborted && event.error.code !== noPlace) {
        news.failed(provider.id, model, event.error)
        availability.failed(choice, event.error, settings.cooldownMs)
      }
      yield 'usage' in event && event.usage ? { ...event, usage: wholeTokens(event.usage) } : event
    }
  }
}
