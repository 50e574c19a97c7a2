import type { Effect } from '@loomcycle/proto'

export interface Order<T> {
  effectOf(item: T): Effect
  /** How many may go on side by side, of those that read and of those that stand apart. */
  width: number
}

/**
 * Works through calls as if they came one by one, in less time: one that changes something waits for all before it that
 * read or change, and nothing of either kind begins while it goes on. Ends with the last of them, or where one fails.
 */
export async function inOrder<T>(
  items: readonly T[],
  { effectOf, width }: Order<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const reading = new Lane(width)
  const apart = new Lane(width)
  for (const item of items) {
    const effect = effectOf(item)
    if (effect === 'changes') {
      await reading.idle()
      await work(item)
    } else (effect === 'apart' ? apart : reading).begin(() => work(item))
  }
  await Promise.all([reading.idle(), apart.idle()])
}

/** So many at a time, in order. */
class Lane {
  readonly #width: number
  readonly #queue: (() => Promise<void>)[] = []
  #workers: Promise<void>[] = []
  #busy = 0

  constructor(width: number) {
    this.#width = width
  }

  begin(work: () => Promise<void>) {
    this.#queue.push(work)
    if (this.#busy === this.#width) return
    const worker = this.#workThrough()
    // A failure is for whoever waits for the lane to be idle.
    worker.catch(() => {})
    this.#workers.push(worker)
  }

  async idle(): Promise<void> {
    await Promise.all(this.#workers)
    this.#workers = []
  }

  async #workThrough() {
    this.#busy++
    try {
      for (let work = this.#queue.shift(); work !== undefined; work = this.#queue.shift()) await work()
    } finally {
      this.#busy--
    }
  }
}
