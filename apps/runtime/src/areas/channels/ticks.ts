import { randomBytes } from 'node:crypto'
import type { Clock } from '../../ground/clock.ts'
import type { CommitTicks } from '../../ground/db/database.ts'
import { horizonAt, nanoseconds, type Position, toHex } from './cursor.ts'

/**
 * The time messages go by. It never stands still between two messages and never goes back, whatever the clock does:
 * a message that sorted before what somebody has read already would never be delivered. Both are asked by whoever holds
 * the writing transaction, so that the order of ids is the order of commits, among all processes.
 */
export class Ticks implements CommitTicks {
  readonly #clock: Clock
  #last: bigint

  constructor(clock: Clock, last: bigint) {
    this.#clock = clock
    this.#last = last
  }

  get last(): bigint {
    return this.#last
  }

  hear(last: bigint) {
    if (last > this.#last) this.#last = last
  }

  nextMessage(): { id: string; ns: bigint } {
    const now = nanoseconds(this.#clock.now())
    this.#last = now > this.#last ? now : this.#last + 1n
    return { ns: this.#last, id: `msg_${toHex(this.#last)}${randomBytes(4).toString('hex')}` }
  }

  /** What stands up to here is visible; whatever is published from now on comes after it. */
  horizon(): Position {
    this.hear(nanoseconds(this.#clock.now()))
    return horizonAt(this.#last)
  }
}
