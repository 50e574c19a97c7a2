import type { ProviderFailure } from './provider.ts'

export interface ProviderEventMessage {
  provider: string
  model: string
  state: 'failing' | 'recovered'
  /** Why it fails. */
  reason?: string
}

/** Says when a model service starts to fail and when it is back; what happens in between says nothing new. */
export class ProviderNews {
  readonly #tell: (message: ProviderEventMessage) => void
  readonly #failing = new Set<string>()

  constructor(tell: (message: ProviderEventMessage) => void) {
    this.#tell = tell
  }

  answered(provider: string, model: string) {
    if (this.#failing.delete(provider)) this.#tell({ provider, model, state: 'recovered' })
  }

  /** After the last retry. A request that the service refuses says nothing about the service. */
  failed(provider: string, model: string, { failureClass, message }: ProviderFailure) {
    if (failureClass !== 'retryable' || this.#failing.has(provider)) return
    this.#failing.add(provider)
    this.#tell({ provider, model, state: 'failing', reason: message })
  }
}
