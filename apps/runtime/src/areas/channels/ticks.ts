import { randomBytes } from 'node:crypto'
import type { Clock } from '../../ground/clock.ts'
import { horizonAt, nanoseconds, type Position, toHex } from './cursor.ts'

/**
 * The time messages go by. It never stands still between two messages and never goes back, whatever the clock does:
 * a message that sorted before what somebody has read already would never be delivered.
 */
export class Ticks {
  readonly #clock: Clock
  #last: bigint

  constructor(clock: Clock, last: bigint) {
    this.#clock = clock
    this.#last = last
  }

  /** To be asked by whoever holds the writing transaction, so that the order of ids is the order of commits. */
  nextMessage(): { id: string; ns: bigint } {
    const now = nanoseconds(this.#clock.now())
    this.#last = now > this.#last ? now : this.#last + 1n
    return { ns: this.#last, id: `msg_${toHex(this.#last)}${randomBytes(4).toString('hex')}` }
  }

  /** What stands up to here is visible; whatever is published from now on comes after it. */
  horizon(): Position {
    const now = nanoseconds(this.#clock.now())
    if (now > this.#last) this.#last = now
    return horizonAt(this.#last)
  }
}
