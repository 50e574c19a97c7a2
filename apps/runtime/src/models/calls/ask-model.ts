import { type AskEvent, ask } from '../providers/ask.ts'
import type { ProviderNews } from '../providers/news.ts'
import type { ModelRequest } from '../providers/provider.ts'
import type { RetrySettings } from '../providers/retries.ts'
import type { Availability } from '../routing/availability.ts'
import type { ResolvedModel } from '../routing/resolve.ts'

export interface AskSettings extends RetrySettings {
  /** So long a model is left alone that was asked too much and does not say for how long. */
  cooldownMs?: number | undefined
}

/** One turn of a model, for whoever wants one. Never throws; ends with exactly one `done` or `error`. */
export type AskModel = (
  answering: ResolvedModel,
  request: ModelRequest,
  signal: AbortSignal,
  settings: AskSettings,
) => AsyncGenerator<AskEvent, void>

export interface AskModelDeps {
  availability: Pick<Availability, 'answered' | 'failed'>
  news: Pick<ProviderNews, 'answered' | 'failed'>
}

/** How everybody asks: who keeps track of how models are doing hears what came of it. */
export function modelAsker({ availability, news }: AskModelDeps): AskModel {
  return async function* ({ provider, model }, request, signal, settings) {
    const choice = { provider: provider.id, model }
    for await (const event of ask(provider, request, signal, settings)) {
      if (event.type === 'done') {
        news.answered(provider.id, model)
        availability.answered(choice)
      }
      // What somebody stopped says nothing of the service.
      if (event.type === 'error' && !signal.aborted) {
        news.failed(provider.id, model, event.error)
        availability.failed(choice, event.error, settings.cooldownMs)
      }
      yield event
    }
  }
}
