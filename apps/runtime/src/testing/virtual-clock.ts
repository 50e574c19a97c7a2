import type { Clock } from '../ground/clock.ts'

interface Timer {
  at: number
  callback: () => void
}

/** Time that moves only when it is told to, and that several processes share; their timers end with them. */
export class VirtualClock {
  #now = Date.UTC(2026, 0, 1)
  readonly #timers = new Set<Timer>()

  /** The clock of one process, and how to take all its timers back. */
  forProcess(): { clock: Clock; stop(): void } {
    const own = new Set<Timer>()
    const forget = (timer: Timer) => {
      own.delete(timer)
      this.#timers.delete(timer)
    }
    const clock: Clock = {
      now: () => this.#now,
      after: (ms, callback) => {
        const timer: Timer = { at: this.#now + ms, callback }
        own.add(timer)
        this.#timers.add(timer)
        return () => forget(timer)
      },
    }
    return { clock, stop: () => [...own].forEach(forget) }
  }

  get now(): number {
    return this.#now
  }

  /** When the next timer is due. */
  get nextDue(): number | undefined {
    return this.#next()?.at
  }

  moveTo(at: number) {
    this.#now = Math.max(this.#now, at)
  }

  /** Moves on to the next timer and lets it go off. False where none is due until then. */
  fireNext(until = Number.POSITIVE_INFINITY): boolean {
    const next = this.#next()
    if (!next || next.at > until) return false
    this.#now = Math.max(this.#now, next.at)
    this.#timers.delete(next)
    next.callback()
    return true
  }

  #next(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) if (!first || timer.at < first.at) first = timer
    return first
  }
}
