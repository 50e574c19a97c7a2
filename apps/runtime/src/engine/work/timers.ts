import type { Clock } from '../../ground/clock.ts'

/** What is to be done a little later, and all of it taken back at once. */
export class Timers {
  readonly #clock: Clock
  readonly #pending = new Set<() => void>()
  #stopped = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  after(ms: number, work: () => void) {
    if (this.#stopped) return
    const cancel = this.#clock.after(ms, () => {
      this.#pending.delete(cancel)
      work()
    })
    this.#pending.add(cancel)
  }

  stop() {
    this.#stopped = true
    for (const cancel of this.#pending) cancel()
    this.#pending.clear()
  }
}
