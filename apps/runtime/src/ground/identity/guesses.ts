import { RuntimeError } from '@loomcycle/proto'
import type { Clock } from '../clock.ts'
import { Recent } from '../recent.ts'
import { isLoopback, neighbourhoodOf } from './address.ts'
import { randomFingerprint } from './fingerprint.ts'

const windowMs = 5 * 60_000
/** Different ones: whoever sends the same wrong credential again and again learns nothing from it. */
const maxGuesses = 10
/** From everywhere together, so that many addresses do not help. */
const maxGuessesOfAll = 200
const maxPlaces = 1000
const maxKnown = 1000

interface Window {
  since: number
  /** Starts of the hashes of what was tried. */
  tried: Set<string>
}

/**
 * Counts wrong credentials. A place with too many is answered no more until its window is over, right or wrong: an
 * answer would tell the two apart. When there are too many from everywhere, places that have shown a right one, and
 * this machine, are still answered.
 */
export class Guesses {
  readonly #clock: Clock
  readonly #places = new Recent<string, Window>(maxPlaces)
  readonly #known = new Recent<string, true>(maxKnown)
  #ofAll = { since: Number.NEGATIVE_INFINITY, count: 0 }

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Throws where no more may be tried. */
  check(address: string) {
    const place = neighbourhoodOf(address)
    const window = this.#places.get(place)
    if (window && window.tried.size >= maxGuesses) this.#refuseUntil(window.since + windowMs, 'this address')
    if (this.#ofAll.count < maxGuessesOfAll || this.#known.get(place) || isLoopback(address)) return
    this.#refuseUntil(this.#ofAll.since + windowMs, 'all addresses together')
  }

  right(address: string) {
    this.#known.set(neighbourhoodOf(address), true)
  }

  wrong(address: string, credential: string) {
    const now = this.#clock.now()
    const place = neighbourhoodOf(address)
    let window = this.#places.get(place)
    if (!window || now - window.since >= windowMs) window = { since: now, tried: new Set() }
    this.#places.set(place, window)
    const guess = randomFingerprint(credential).slice(0, 16)
    if (window.tried.has(guess)) return
    window.tried.add(guess)
    if (now - this.#ofAll.since >= windowMs) this.#ofAll = { since: now, count: 0 }
    this.#ofAll.count++
  }

  #refuseUntil(end: number, where: string) {
    const waitS = Math.ceil((end - this.#clock.now()) / 1000)
    if (waitS <= 0) return
    throw new RuntimeError(
      'too_many_attempts',
      `Too many wrong credentials came from ${where}; try again in ${waitS} s with the right one.`,
      { retry_after_s: waitS },
    )
  }
}
