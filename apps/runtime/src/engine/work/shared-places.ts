import type { Database } from '../../ground/db/database.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import type { Presence } from '../../ground/replicas/presence.ts'
import { putPlaces, takePlace } from '../rows/user-places.ts'

/** How many runs of a user are at work, over all processes on one store. */
export class SharedPlaces {
  readonly #db: Database
  readonly #presence: Presence

  constructor(db: Database, presence: Presence) {
    this.#db = db
    this.#presence = presence
  }

  /** Whether there is one more place for the user. `count`: those taken here. */
  async isFree(userId: string, cap: number, count: () => number): Promise<boolean> {
    const { instance } = this.#presence
    try {
      await this.#db.write(takePlace(userId, { instance, alive: this.#presence.alive(), cap, count }))
      return true
    } catch (error) {
      if (error instanceof NothingChangedError) return false
      throw error
    }
  }

  /** Others are told how many are taken here; what fails is right again with the next one. */
  tell(userId: string, count: () => number) {
    this.#db.write([putPlaces(userId, this.#presence.instance, count)]).catch(() => {})
  }
}
