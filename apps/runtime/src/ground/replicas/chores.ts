import type { Database } from '../db/database.ts'
import { NothingChangedError } from '../db/errors.ts'
import type { Presence } from './presence.ts'
import { claimChore, hasChore } from './store.ts'

/** Work that one of all processes on a store does, for all of them. */
export class Chores {
  readonly #db: Database
  readonly #presence: Presence | undefined

  /** Without others: everything is this process's. */
  constructor(db: Database, presence: Presence | undefined) {
    this.#db = db
    this.#presence = presence
  }

  /** Whose it is keeps it as long as it is there. */
  async isOurs(name: string): Promise<boolean> {
    const presence = this.#presence
    if (!presence) return true
    if (!presence.isThere) return false
    if (await hasChore(this.#db, name, presence.instance)) return true
    try {
      await this.#db.write([claimChore(name, presence.instance, presence.alive())])
      return true
    } catch (error) {
      if (error instanceof NothingChangedError) return false
      throw error
    }
  }
}
