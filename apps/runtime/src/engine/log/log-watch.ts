import type { Database } from '../../ground/db/database.ts'
import type { Publisher } from './publisher.ts'
import { listHeads } from './store.ts'

export interface LogWatchDependencies {
  db: Database
  publisher: Publisher
  /** What this process writes it tells by itself. */
  isWorking(runId: string): boolean
}

/** Logs that are followed here and written elsewhere: whoever follows hears of what comes, although hints get lost. */
export class LogWatch {
  readonly #deps: LogWatchDependencies
  #heads = new Map<string, number>()

  constructor(deps: LogWatchDependencies) {
    this.#deps = deps
  }

  /** One question, however many there are. */
  async look(): Promise<void> {
    const { db, publisher, isWorking } = this.#deps
    const ids = publisher.followed().filter((runId) => !isWorking(runId))
    const before = this.#heads
    this.#heads = ids.length > 0 ? await listHeads(db, ids) : new Map()
    for (const [runId, head] of this.#heads) if (head !== before.get(runId)) publisher.hint(runId)
  }
}
