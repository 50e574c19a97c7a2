import type { Clock } from '../../ground/clock.ts'
import type { CallLimits } from '../../ground/config/config.ts'
import { FairLine, type Whose } from '../../ground/fair-line.ts'
import { ProviderFailure } from '../providers/provider.ts'

/** Whoever is turned away may come again after that. */
const comeAgainMs = 5_000

export const noPlace = 'provider_concurrency_exhausted'

interface Waiting {
  enter(): void
  turnAway(cause: string): void
}

interface Service {
  active: number
  line: FairLine<Waiting>
}

export interface Entering {
  whose: Whose
  /** Told that there is a wait; what it returns is told that it is over. */
  onWait?: (() => () => void) | undefined
}

/** Calls to each model service that are made at once, and who is next. */
export class CallQueue {
  readonly #clock: Clock
  readonly #limits: CallLimits
  readonly #services = new Map<string, Service>()

  constructor(clock: Clock, limits: CallLimits) {
    this.#clock = clock
    this.#limits = limits
  }

  /**
   * Resolves when the call may be made; the returned function says that it is over. Rejects with a `ProviderFailure`
   * where too many wait, where the wait is too long, and when nobody waits any more.
   */
  async enter(provider: string, { whose, onWait }: Entering, signal: AbortSignal): Promise<() => void> {
    const service = this.#service(provider)
    if (service.line.size > 0 || service.active >= this.#mostOf(provider)) {
      await this.#wait(provider, service, { whose, onWait }, signal)
    } else service.active++
    return this.#leaving(provider, service)
  }

  /** The limits are others now: whoever waits may be next. */
  limitsChanged() {
    for (const [provider, service] of this.#services) this.#admit(provider, service)
  }

  /** Of services that are being asked. */
  stats(): Record<string, { active: number; queued: number }> {
    return Object.fromEntries(
      [...this.#services].map(([provider, { active, line }]) => [provider, { active, queued: line.size }]),
    )
  }

  async #wait(provider: string, service: Service, { whose, onWait }: Entering, signal: AbortSignal): Promise<void> {
    const { maxQueueDepth, queueTimeoutMs } = this.#limits
    const { line } = service
    if (line.size >= maxQueueDepth) {
      const other = line.takeFromMost(whose.tenantId)
      if (!other) throw this.#exhausted(provider, `${line.size} wait already`)
      other.turnAway(`${maxQueueDepth} wait already`)
    }
    const turn = Promise.withResolvers<void>()
    const waiting: Waiting = {
      enter: turn.resolve,
      turnAway: (cause) => turn.reject(this.#exhausted(provider, cause)),
    }
    line.push(whose, waiting)
    const giveUp = (failure: ProviderFailure) => {
      if (line.remove(whose, waiting)) turn.reject(failure)
    }
    const onAbort = () => giveUp(new ProviderFailure(provider, 'cancelled', 'stopped while it waited for its turn'))
    const disarm = this.#clock.after(queueTimeoutMs, () =>
      giveUp(this.#exhausted(provider, `it has waited ${queueTimeoutMs / 1000} s for its turn`)),
    )
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    const waited = onWait?.()
    try {
      await turn.promise
    } finally {
      waited?.()
      disarm()
      signal.removeEventListener('abort', onAbort)
    }
  }

  #leaving(provider: string, service: Service): () => void {
    let isThere = true
    return () => {
      if (!isThere) return
      isThere = false
      service.active--
      this.#admit(provider, service)
      if (service.active === 0 && service.line.size === 0) this.#services.delete(provider)
    }
  }

  #admit(provider: string, service: Service) {
    while (service.active < this.#mostOf(provider)) {
      const next = service.line.shift()
      if (!next) return
      service.active++
      next.enter()
    }
  }

  #service(provider: string): Service {
    let service = this.#services.get(provider)
    if (!service) {
      service = { active: 0, line: new FairLine() }
      this.#services.set(provider, service)
    }
    return service
  }

  #mostOf(provider: string): number {
    const { perProvider, byService } = this.#limits
    return (Object.hasOwn(byService, provider) ? byService[provider] : perProvider) || Number.POSITIVE_INFINITY
  }

  #exhausted(provider: string, cause: string): ProviderFailure {
    const said = `${this.#mostOf(provider)} calls to it are under way, as many as are made at once, and ${cause}`
    return new ProviderFailure(provider, 'retryable', said, undefined, { retryAfterMs: comeAgainMs, code: noPlace })
  }
}
