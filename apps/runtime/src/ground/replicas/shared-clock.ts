import type { Clock } from '../clock.ts'

/** A measuring that took longer says too little. */
const longestMeasuringMs = 500

/**
 * The machine's clock, put right by the store's: whatever processes on several machines write down goes by one time,
 * however wrong their own clocks are.
 */
export class SharedClock implements Clock {
  readonly #machine: Clock
  #wrongBy: number | undefined

  constructor(machine: Clock) {
    this.#machine = machine
  }

  now(): number {
    return this.#machine.now() - (this.#wrongBy ?? 0)
  }

  after(ms: number, callback: () => void): () => void {
    return this.#machine.after(ms, callback)
  }

  /** Asks the store what time it is. */
  async measure(storeNow: () => Promise<number>): Promise<void> {
    const asked = this.#machine.now()
    const now = await storeNow()
    const heard = this.#machine.now()
    if (this.#wrongBy !== undefined && heard - asked > longestMeasuringMs) return
    this.#wrongBy = Math.round((asked + heard) / 2 - now)
  }
}
