import { ToolError } from '../tool-error.ts'

export interface ReservationOptions {
  /** What is kept for transactions comes on top of what there is for statements. */
  maxReserved: number
  /** Of those, how many one owner may have. */
  maxReservedPerOwner: number
}

/** Whose transactions are open. */
export class Reservations {
  readonly #options: ReservationOptions
  readonly #owners = new Map<symbol, string>()

  constructor(options: ReservationOptions) {
    this.#options = options
  }

  /** The answer gives it back; false where that was done before. */
  take(owner: string): () => boolean {
    const { maxReserved, maxReservedPerOwner } = this.#options
    if (this.#owners.size >= maxReserved) {
      throw new ToolError(
        `${this.#owners.size} transactions are open already, which is as many as there may be; try later`,
      )
    }
    const own = [...this.#owners.values()].filter((other) => other === owner).length
    if (own >= maxReservedPerOwner) {
      throw new ToolError(
        `${own} transactions of yours are open already, which is as many as there may be; end one first`,
      )
    }
    const key = Symbol()
    this.#owners.set(key, owner)
    return () => this.#owners.delete(key)
  }
}
