import type { Bus } from '../../ground/bus.ts'
import type { Clock } from '../../ground/clock.ts'
import { keyOf, type Place } from './place.ts'

export interface WaitOptions {
  waitMs: number
  signal: AbortSignal
}

/** Those who wait in memory, for as long as a request lasts. */
export class Wakers {
  readonly #clock: Clock
  readonly #bus: Bus

  constructor(clock: Clock, bus: Bus) {
    this.#clock = clock
    this.#bus = bus
  }

  wake(place: Place) {
    this.#bus.announce(topicOf(place))
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
    const forget = places.map((place) => this.#bus.follow(topicOf(place), wake))
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
      for (const unfollow of forget) unfollow()
    }
  }
}

function topicOf(place: Place): string {
  return `channel/${keyOf(place)}`
}
