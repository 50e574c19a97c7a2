import type { Clock } from '../../ground/clock.ts'
import type { Database } from '../../ground/db/database.ts'
import { asOneOfMany } from '../../ground/in-slices.ts'
import { report, silence, type Telemetry } from '../../ground/telemetry/telemetry.ts'
import { dropUnfinishedMoves, findGoingNames, removeGoingNames } from '../paths/batch-store.ts'
import { removeSome } from './chunks/purge.ts'
import { relinkSome } from './edges/relink.ts'
import { dropUnfinishedBatches, findBatchToPurge } from './store/batches.ts'
import { findRelink } from './store/relinks.ts'

interface Deps {
  db: Pick<Database, 'read' | 'transaction'>
  clock: Pick<Clock, 'now'>
  telemetry?: Telemetry | undefined
}

/** What follows from a change and is too much to be done with it: done after it, a little at a time, if need be by the next process. */
export class Leftovers {
  readonly #deps: Deps
  #working: Promise<void> | undefined
  #stopped = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** For the start of a process; what is unfinished is dropped only where nobody else can be at it. */
  async recover({ dropUnfinished = true }: { dropUnfinished?: boolean } = {}): Promise<void> {
    if (dropUnfinished) await this.#drop()
    await this.run()
  }

  #drop(): Promise<void> {
    return this.#deps.db.transaction(async (tx) => {
      await dropUnfinishedBatches(tx)
      await dropUnfinishedMoves(tx)
    })
  }

  /** Resolves when nothing is left. */
  run(): Promise<void> {
    this.#working ??= this.#finish().finally(() => (this.#working = undefined))
    return this.#working
  }

  /** The same, for nobody to wait for; what fails now is tried again with the next chores. */
  begin(): void {
    this.run().catch((error: unknown) => report(this.#deps.telemetry ?? silence, 'documents', error))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#working?.catch(() => {})
  }

  async #finish() {
    const { db, clock } = this.#deps
    while (!this.#stopped) {
      const links = await findRelink(db.read)
      const batch = await findBatchToPurge(db.read)
      const names = await findGoingNames(db.read)
      if (links) await asOneOfMany(() => db.transaction((tx) => relinkSome(tx, links, clock.now())))
      else if (batch) await asOneOfMany(() => db.transaction((tx) => removeSome(tx, batch, clock.now())))
      else if (names) await asOneOfMany(() => db.transaction((tx) => removeGoingNames(tx, names)))
      else return
    }
  }
}
