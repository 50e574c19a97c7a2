import type { Clock } from '../../ground/clock.ts'
import { keyOf, type Place } from './place.ts'

export interface WaitOptions {
  waitMs: number
  signal: AbortSignal
}

/** Those who wait in memory, for as long as a request lasts. */
export class Wakers {
  readonly #clock: Clock
  readonly #wakers = new Map<string, Set<() => void>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  wake(place: Place) {
    for (const wake of this.#wakers.get(keyOf(place)) ?? []) wake()
  }

  /**
   * Attempts something now and after every message at one of the places, until it has a result, or the time is
   * over, or nobody wants it any more; the last attempt is told so. Listens before it looks, so nothing that arrives in between is missed.
   */
  async until<T>(
    places: readonly Place[],
    { waitMs, signal }: WaitOptions,
    attempt: (last: boolean) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    let woken = Promise.withResolvers<void>()
    const wake = () => woken.resolve()
    const forget = this.#listen(places, wake)
    signal.addEventListener('abort', wake)
    let over = waitMs === 0
    const cancel = this.#clock.after(waitMs, () => {
      over = true
      wake()
    })
    try {
      for (;;) {
        const last = signal.aborted || over
        const result = await attempt(last)
        if (result !== undefined || last) return result
        await woken.promise
        woken = Promise.withResolvers()
      }
    } finally {
      cancel()
      signal.removeEventListener('abort', wake)
      forget()
    }
  }

  #listen(places: readonly Place[], wake: () => void): () => void {
    const keys = places.map(keyOf)
    for (const key of keys) {
      const set = this.#wakers.get(key)
      if (set) set.add(wake)
      else this.#wakers.set(key, new Set([wake]))
    }
    return () => {
      for (const key of keys) {
        const set = this.#wakers.get(key)
        set?.delete(wake)
        if (set?.size === 0) this.#wakers.delete(key)
      }
    }
  }
}
