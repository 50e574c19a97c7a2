/**
 * Keeps what was used lately, at most twice `size` of it. Two generations: whatever is asked for moves to the young one,
 * and when that is full the old one is forgotten. Something in use all the time costs one look, as in a plain map.
 */
export class StatementCache<T> {
  readonly #size: number
  readonly #make: (sql: string) => T
  #young = new Map<string, T>()
  #old = new Map<string, T>()

  constructor(size: number, make: (sql: string) => T) {
    this.#size = size
    this.#make = make
  }

  get(sql: string): T {
    const found = this.#young.get(sql)
    if (found !== undefined) return found
    const kept = this.#old.get(sql) ?? this.#make(sql)
    if (this.#young.size >= this.#size) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(sql, kept)
    return kept
  }

  clear() {
    this.#young.clear()
    this.#old.clear()
  }
}
