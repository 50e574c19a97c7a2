import { RuntimeError } from '@loomcycle/proto'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/database.ts'

export interface Quota {
  /** As refusals name it. */
  name: string
  /** What there is too much of, as a plural. */
  what: string
  setting: string
  /** 0: none. */
  limit: number
}

export interface GaugeOptions<Owner> {
  keyOf(owner: Owner): string
  measure(owner: Owner): Promise<number>
  now(): number
  /** For what also grows where nobody takes it: how long a measuring is good for. */
  freshMs?: number | undefined
}

/** What gauges of rows need. */
export interface QuotaDependencies {
  db: Pick<Database, 'all'>
  clock: Clock
  /** As in `GaugeOptions`, where other processes take as well. */
  freshMs?: number | undefined
}

interface Reading {
  measured: number
  at: number
  /** Taken since. */
  taken: number
  /** So much was refused, for which there may be room by now. */
  wanted: number
}

/** More owners than this are measured anew when they come back. */
const mostOwners = 10_000

/**
 * How much somebody has of something that is limited. It is measured when first asked for and counted up from there,
 * so what is far from its limit costs nothing. What is freed shows when it is measured again: halfway from the last
 * measuring to the limit, and as long as there is no room for what was refused last.
 */
export class Gauge<Owner> {
  readonly #quota: Quota
  readonly #options: GaugeOptions<Owner>
  readonly #readings = new Map<string, Reading>()
  readonly #measuring = new Map<string, Promise<void>>()

  constructor(quota: Quota, options: GaugeOptions<Owner>) {
    this.#quota = quota
    this.#options = options
  }

  /** Before `take`, outside of any transaction: measures where that is due. */
  async read(owner: Owner): Promise<void> {
    const key = this.#options.keyOf(owner)
    if (this.#quota.limit === 0 || !this.#isDue(this.#readings.get(key))) return
    let measuring = this.#measuring.get(key)
    if (!measuring) {
      measuring = this.#measure(key, owner).finally(() => this.#measuring.delete(key))
      this.#measuring.set(key, measuring)
    }
    await measuring
  }

  /** Counts what is about to be there; refuses where that is too much. */
  take(owner: Owner, amount: number) {
    const { name, what, setting, limit } = this.#quota
    const reading = this.#readings.get(this.#options.keyOf(owner))
    if (limit === 0 || amount === 0 || !reading) return
    const used = reading.measured + reading.taken
    if (used + amount > limit) {
      // What can never be had is not looked for.
      if (amount <= limit) reading.wanted = amount
      throw new RuntimeError(
        'quota_exceeded',
        `There are ${used} ${what} and there may be ${limit}; delete what is no longer needed, or raise ${setting}.`,
        { quota: name, limit, used },
      )
    }
    reading.taken += amount
  }

  #isDue(reading: Reading | undefined): boolean {
    if (!reading) return true
    const { measured, taken, wanted, at } = reading
    if (measured + taken + wanted > this.#quota.limit) return true
    return taken > (this.#quota.limit - measured) / 2 || this.#options.now() - at > (this.#options.freshMs ?? Infinity)
  }

  async #measure(key: string, owner: Owner) {
    const measured = await this.#options.measure(owner)
    if (this.#readings.size >= mostOwners) this.#readings.clear()
    const { wanted = 0 } = this.#readings.get(key) ?? {}
    if (this.#readings.size >= mostOwners) this.#readings.clear()
    const hasRoom = measured + wanted <= this.#quota.limit
    this.#readings.set(key, { measured, at: this.#options.now(), taken: 0, wanted: hasRoom ? 0 : wanted })
  }
}
