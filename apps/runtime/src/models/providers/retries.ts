import { type Clock, sleep } from '../../ground/clock.ts'
import { ProviderFailure } from './provider.ts'
import { readRefusal } from './refusals.ts'

/** How often and how long a service that fails is asked again. */
export interface RetrySettings {
  clock: Clock
  /** So long for one that cannot be reached or is overloaded. */
  patienceMs: number
  /** So often where the answer had begun, or was none: each time may be paid for. */
  attempts: number
  /** So long in all for one that has had enough of us. */
  throttledMs?: number
  /** Not once an answer has begun: whoever hears it cannot take it back. */
  untilBegun?: boolean
}

export interface Retry {
  attempt: number
  wait_ms: number
  reason: 'retry-after header' | 'exponential backoff'
}

export const USUAL_ATTEMPTS = 2
export const MAX_ATTEMPTS = 5
const THROTTLED_MS = 300_000
const THROTTLED_WAITS_MS = [10_000, 20_000, 40_000, 60_000, 120_000]
const LONGEST_BACKOFF_MS = 8_000
const LONGEST_MOMENT_MS = 3_000

/** The one place that says whether a request is made again, and when; one of these for each request. */
export class Retries {
  readonly #settings: RetrySettings
  #firstFailure: number | undefined
  #made = 0
  #throttled = 0
  #again = 0

  constructor(settings: RetrySettings) {
    this.#settings = settings
  }

  /** Undefined: it has failed for good. */
  next(failure: ProviderFailure, hasBegun: boolean): Retry | undefined {
    if (failure.failureClass !== 'retryable' || failure.hints.final) return undefined
    // What is refused for what it is will be again, whatever class its service gives it.
    if (readRefusal(failure.message) !== undefined) return undefined
    const now = this.#settings.clock.now()
    this.#firstFailure ??= now
    const wait_ms = this.#wait(failure, hasBegun, now - this.#firstFailure)
    if (wait_ms === undefined) return undefined
    const { retryAfterMs } = failure.hints
    const reason = retryAfterMs === undefined ? 'exponential backoff' : 'retry-after header'
    return { attempt: ++this.#made, wait_ms, reason }
  }

  #wait(failure: ProviderFailure, hasBegun: boolean, elapsed: number): number | undefined {
    const { patienceMs, attempts, throttledMs = THROTTLED_MS } = this.#settings
    const { retryAfterMs } = failure.hints
    if (failure.status === 429 || retryAfterMs !== undefined) {
      const backoff = THROTTLED_WAITS_MS[this.#throttled]
      if (backoff === undefined) return undefined
      // Who asks for a moment again and again needs more than that.
      const wait = retryAfterMs === undefined ? backoff : Math.max(retryAfterMs, momentMs(this.#throttled))
      this.#throttled++
      return elapsed + wait <= throttledMs ? wait : undefined
    }
    const backoff = backoffMs(this.#made)
    if (!hasBegun && isUnavailable(failure)) return elapsed + backoff <= patienceMs ? backoff : undefined
    return this.#again++ < attempts ? backoff : undefined
  }

  /** The failure that ends it, with what has been tried, and when it can be tried again. */
  final(failure: ProviderFailure): ProviderFailure {
    const { clock } = this.#settings
    const { retryAfterMs } = failure.hints
    if (retryAfterMs !== undefined) {
      const retryAt = clock.now() + retryAfterMs
      return failure.withNote(`it can be asked again after ${minuteOf(retryAt)}`, retryAt)
    }
    const seconds = Math.round((clock.now() - (this.#firstFailure ?? clock.now())) / 1000)
    return seconds === 0 ? failure : failure.withNote(`asked ${this.#made + 1} times in ${seconds} s`)
  }
}

function momentMs(made: number): number {
  return Math.min(backoffMs(made), LONGEST_MOMENT_MS)
}

function backoffMs(made: number): number {
  return Math.min(100 * 3 ** made, LONGEST_BACKOFF_MS)
}

/** So long it takes to ask so often again, at least. */
export function backoffsMs(attempts: number): number {
  return Array.from({ length: attempts }, (_, made) => backoffMs(made)).reduce((sum, wait) => sum + wait, 0)
}

/** It may be there again in a moment, and nothing was begun that would be paid for twice. */
function isUnavailable({ status, hints }: ProviderFailure): boolean {
  return hints.unreachable === true || status === 408 || status === 425 || (status !== undefined && status >= 500)
}

/** Rounded up: whoever comes then is not too early. */
function minuteOf(time: number): string {
  const minute = new Date(Math.ceil(time / 60_000) * 60_000).toISOString()
  return `${minute.slice(0, 10)} ${minute.slice(11, 16)} UTC`
}

/** For requests whose answer is one thing: tries until it is there, or has failed for good. */
export async function retried<T>(tryOnce: () => Promise<T>, signal: AbortSignal, settings: RetrySettings): Promise<T> {
  const retries = new Retries(settings)
  for (;;) {
    try {
      return await tryOnce()
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error
      const retry = retries.next(error, false)
      if (retry === undefined) throw retries.final(error)
      await sleep(settings.clock, retry.wait_ms, signal).catch(() => {
        throw new ProviderFailure(error.provider, 'cancelled', 'cancelled while waiting to ask again')
      })
    }
  }
}
