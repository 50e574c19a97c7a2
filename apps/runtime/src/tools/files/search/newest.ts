interface Dated {
  path: string
  at: number
}

/** Keeps the newest of many, of which no more are in memory than are wanted. */
export class Newest {
  readonly #most: number
  /** The oldest of those that are kept is the first. */
  readonly #heap: Dated[] = []
  #count = 0

  constructor(most: number) {
    this.#most = most
  }

  add(one: Dated) {
    this.#count++
    const heap = this.#heap
    if (heap.length < this.#most) {
      heap.push(one)
      this.#rise(heap.length - 1)
    } else if (isOlder(heap[0]!, one)) {
      heap[0] = one
      this.#sink(0)
    }
  }

  /** Of all there were. */
  get count(): number {
    return this.#count
  }

  inOrder(): Dated[] {
    return this.#heap.toSorted((a, b) => (isOlder(a, b) ? 1 : -1))
  }

  #rise(from: number) {
    for (let at = from; at > 0; ) {
      const above = (at - 1) >> 1
      if (!isOlder(this.#heap[at]!, this.#heap[above]!)) return
      this.#swap(at, above)
      at = above
    }
  }

  #sink(from: number) {
    for (let at = from; ; ) {
      let oldest = at
      for (const below of [2 * at + 1, 2 * at + 2]) {
        const one = this.#heap[below]
        if (one && isOlder(one, this.#heap[oldest]!)) oldest = below
      }
      if (oldest === at) return
      this.#swap(at, oldest)
      at = oldest
    }
  }

  #swap(a: number, b: number) {
    const heap = this.#heap
    ;[heap[a], heap[b]] = [heap[b]!, heap[a]!]
  }
}

/** Of the same age, what comes first by name is the newer one. */
function isOlder(a: Dated, b: Dated): boolean {
  return a.at === b.at ? a.path > b.path : a.at < b.at
}
