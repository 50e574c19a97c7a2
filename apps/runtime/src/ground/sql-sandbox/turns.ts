import type { Clock } from '../clock.ts'
import { ToolError } from '../tool-error.ts'
import type { Patience } from './worker-process.ts'

export interface TurnOptions {
  clock: Clock
  /** Statements that run at once. */
  size: number
  /** Of those, how many one owner may have. */
  perOwner: number
  /** A statement is not stopped for somebody who waits before it has run for so long. */
  shareMs: number
}

/** Somebody's statement, from when it may start until `end`. */
export interface Turn {
  readonly owner: string
  /** When its worker was there. */
  startedAt: number
  /** Ends it early, saying why; undefined until its worker is there, and once that has answered. */
  stop?: ((why: string) => void) | undefined
  stopping: boolean
}

interface Waiting {
  owner: string
  start(turn: Turn): void
}

/** Who had a turn so long ago counts as somebody who had none. */
const remembersMs = 60_000
/** Somebody who had one already waits longer before others are stopped. */
const patienceOfOthers = 3

/**
 * Whose statement runs next. Whoever has none running comes before those who have, and whoever had none lately before
 * those who had. While somebody with none running waits, statements that have had their share are stopped.
 */
export class Turns {
  readonly #options: TurnOptions
  readonly #running = new Set<Turn>()
  /** When an owner last got a turn, the longest ago first. */
  readonly #served = new Map<string, number>()
  #waiting: Waiting[] = []
  #disarm = () => {}

  constructor(options: TurnOptions) {
    this.#options = options
  }

  /** Waits no longer than the statement itself may take. `onWait` is told if it is not at once. */
  async take(owner: string, { timeoutMs, signal }: Patience, onWait = () => {}): Promise<Turn> {
    if (this.#mayStart(owner)) return this.#start(owner)
    onWait()
    const { promise, resolve, reject } = Promise.withResolvers<Turn>()
    const waiting: Waiting = { owner, start: resolve }
    this.#waiting.push(waiting)
    const leave = (why: string) => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting)
      reject(new ToolError(why))
    }
    const onAbort = () => leave('the statement was cancelled')
    signal?.addEventListener('abort', onAbort, { once: true })
    const disarm = this.#options.clock.after(timeoutMs, () =>
      leave('too many other statements are running; try again in a moment'),
    )
    this.#makeRoom()
    try {
      return await promise
    } finally {
      disarm()
      signal?.removeEventListener('abort', onAbort)
    }
  }

  /** From now on it uses up its share. */
  begin(turn: Turn, stop: (why: string) => void) {
    turn.startedAt = this.#options.clock.now()
    turn.stop = stop
    this.#makeRoom()
  }

  end(turn: Turn) {
    this.#running.delete(turn)
    for (let next: Waiting | undefined; (next = this.#next()); ) {
      this.#waiting = this.#waiting.filter((waiting) => waiting !== next)
      next.start(this.#start(next.owner))
    }
    this.#makeRoom()
  }

  #next(): Waiting | undefined {
    const rank = ({ owner }: Waiting) => [this.#runningOf(owner), this.#served.get(owner) ?? Number.NEGATIVE_INFINITY]
    const ready = this.#waiting.filter(({ owner }) => this.#mayStart(owner))
    return ready.toSorted((a, b) => compare(rank(a), rank(b)))[0]
  }

  #start(owner: string): Turn {
    const now = this.#options.clock.now()
    for (const [other, at] of this.#served) {
      if (at > now - remembersMs) break
      this.#served.delete(other)
    }
    this.#served.delete(owner)
    this.#served.set(owner, now)
    const turn: Turn = { owner, startedAt: now, stopping: false }
    this.#running.add(turn)
    return turn
  }

  /** Stops as many statements as there are people who wait with none running, once these have had their share. */
  #makeRoom() {
    this.#disarm()
    const { clock, shareMs } = this.#options
    const empty = [...new Set(this.#waiting.map(({ owner }) => owner))].filter((owner) => this.#runningOf(owner) === 0)
    const waits = empty.map((owner) => (this.#isNew(owner) ? shareMs : shareMs * patienceOfOthers)).toSorted(ascending)
    const stopping = [...this.#running].filter((turn) => turn.stopping).length
    const longest = [...this.#running]
      .filter((turn) => turn.stop && !turn.stopping)
      .toSorted((a, b) => compare([-this.#runningOf(a.owner), a.startedAt], [-this.#runningOf(b.owner), b.startedAt]))
    let soonest = Number.POSITIVE_INFINITY
    for (const [at, share] of waits.slice(stopping).entries()) {
      const turn = longest[at]
      if (!turn) break
      const left = turn.startedAt + share - clock.now()
      if (left > 0) soonest = Math.min(soonest, left)
      else stop(turn, share)
    }
    if (soonest < Number.POSITIVE_INFINITY) this.#disarm = clock.after(soonest, () => this.#makeRoom())
  }

  #isNew(owner: string): boolean {
    return (this.#served.get(owner) ?? Number.NEGATIVE_INFINITY) <= this.#options.clock.now() - remembersMs
  }

  #mayStart(owner: string): boolean {
    return this.#running.size < this.#options.size && this.#runningOf(owner) < this.#options.perOwner
  }

  #runningOf(owner: string): number {
    return [...this.#running].filter((turn) => turn.owner === owner).length
  }
}

function stop(turn: Turn, share: number) {
  turn.stopping = true
  turn.stop?.(
    `the statement was stopped after ${share} ms because others were waiting; nothing of it was kept; try again in a moment`,
  )
}

function ascending(a: number, b: number): number {
  return a - b
}

/** The first numbers that differ decide. */
function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i])
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1
}
