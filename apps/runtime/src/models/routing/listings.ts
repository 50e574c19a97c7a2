import type { Clock } from '../../ground/clock.ts'
import type { ModelNotes, Provider } from '../providers/provider.ts'

/** Services change seldom; one that did not answer may be back soon. */
const knownForMs = 300_000
const failedForMs = 5_000
/** What a machine has loaded changes with each question to it. */
const noticedForMs = 3_000
/** Whoever asks again and again is told the same for so long. */
const leastMs = 3_000
const patienceMs = 10_000

export interface Listing {
  at: number
  tookMs: number
  models: readonly string[]
  /** What there is to know of them, where the service says more. */
  notes?: ReadonlyMap<string, ModelNotes>
  /** Why it could not be asked; the models are those it named before. */
  error?: string
}

/** What models each service says it has. They are asked in one place, and nobody waits for the same twice. */
export class Listings {
  readonly #clock: Pick<Clock, 'now'>
  readonly #heard: (provider: string, listing: Listing) => void
  readonly #listed = new Map<string, Listing>()
  readonly #asking = new Map<string, Promise<Listing>>()

  /** `heard` is told of every answer. */
  constructor(clock: Pick<Clock, 'now'>, heard: (provider: string, listing: Listing) => void = () => {}) {
    this.#clock = clock
    this.#heard = heard
  }

  /** `fresh`: not what was heard before, unless that was just now. */
  of(provider: Provider, fresh = false): Promise<Listing> {
    const known = this.#listed.get(provider.id)
    const unasked = known?.error !== undefined ? failedForMs : known?.notes ? noticedForMs : knownForMs
    const lasts = fresh ? leastMs : unasked
    if (known && this.#clock.now() - known.at < lasts) return Promise.resolve(known)
    let asking = this.#asking.get(provider.id)
    if (!asking) {
      asking = this.#ask(provider, known?.models ?? []).finally(() => this.#asking.delete(provider.id))
      this.#asking.set(provider.id, asking)
    }
    return asking
  }

  async #ask(provider: Provider, before: readonly string[]): Promise<Listing> {
    const began = this.#clock.now()
    const signal = AbortSignal.timeout(patienceMs)
    const asked = Promise.all([provider.listModels(signal), provider.describeModels?.(signal)])
    const said = await asked.then(
      ([models, notes]) => ({ models, ...(notes && { notes }) }),
      (error: unknown) => ({ models: before, error: error instanceof Error ? error.message : String(error) }),
    )
    const at = this.#clock.now()
    const listing = { at, tookMs: at - began, ...said }
    this.#listed.set(provider.id, listing)
    this.#heard(provider.id, listing)
    return listing
  }
}
