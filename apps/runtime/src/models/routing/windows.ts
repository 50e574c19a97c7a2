import type { Clock } from '../../ground/clock.ts'
import { Recent } from '../../ground/recent.ts'
import type { ResolvedModel } from './resolve.ts'

export interface ModelWindow {
  tokens: number
  /** Nobody has said how large it is. */
  isGuess: boolean
}

export interface WindowsOptions {
  clock: Clock
  /** As in `Config`. */
  configured: Readonly<Record<string, number>>
  /** What a model takes of which nobody says anything. */
  guess: number
}

const askMs = 5_000
/** A model that is not loaded yet has no window yet. */
const askAgainMs = 60_000
/** Models, of names that anybody may make up. */
const mostKept = 1_000

const windowKey = (provider: string, model: string) => `${provider}/${model}`

/** Tokens that a model was set to take: of its service, else under its name alone. */
export function windowSet(configured: WindowsOptions['configured'], provider: string, model: string) {
  return configured[windowKey(provider, model)] ?? configured[model]
}

/**
 * How much each model takes: what it was set to, else what its service says of it, else what is known of the service,
 * else a guess; and never more than a request was refused for.
 */
export class Windows {
  readonly #options: WindowsOptions
  readonly #asked = new Recent<string, { at: number; answer: Promise<number | undefined> }>(mostKept)
  readonly #told = new Recent<string, number>(mostKept)
  readonly #refused = new Recent<string, number>(mostKept)

  constructor(options: WindowsOptions) {
    this.#options = options
  }

  async of({ provider, model }: ResolvedModel): Promise<ModelWindow> {
    const { configured, guess } = this.#options
    const key = windowKey(provider.id, model)
    const set = windowSet(configured, provider.id, model)
    const known =
      set ?? this.#told.get(key) ?? (await this.#ask({ provider, model })) ?? provider.capabilities(model).contextWindow
    const refused = this.#refused.get(key)
    if (known !== undefined) return { tokens: Math.min(known, refused ?? known), isGuess: false }
    return refused === undefined ? { tokens: guess, isGuess: true } : { tokens: refused, isGuess: false }
  }

  /** The service has said so in an answer. */
  told(provider: string, model: string, tokens: number) {
    this.#told.set(windowKey(provider, model), tokens)
  }

  /** The service has refused a request for being longer than this. */
  refused(provider: string, model: string, tokens: number) {
    this.#refused.set(windowKey(provider, model), tokens)
  }

  /** The first question is waited for; those after it are asked while the conversation goes on. */
  async #ask({ provider, model }: ResolvedModel): Promise<number | undefined> {
    if (!provider.contextWindow) return undefined
    const key = windowKey(provider.id, model)
    const now = this.#options.clock.now()
    const last = this.#asked.get(key)
    const said = await last?.answer
    if (last && (said !== undefined || now < last.at + askAgainMs)) return said
    const answer = provider.contextWindow(model, AbortSignal.timeout(askMs)).catch(() => undefined)
    this.#asked.set(key, { at: now, answer })
    return last ? undefined : answer
  }
}
