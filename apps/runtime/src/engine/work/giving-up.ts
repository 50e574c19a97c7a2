import { RuntimeError } from '@loomcycle/proto'
import type { RunRecord } from '../rows/run-record.ts'
import { type Hand, needsAttention, type RunEnd } from '../rows/runs.ts'
import { type AtRestDependencies, endAtRest, parkAtRest } from './at-rest.ts'
import type { Leases } from './leases.ts'

/** So often a run is taken up without finishing a turn or coming to rest. */
export const mostTries = 8
/** A run rests at the second at the latest; more are needed only where the store fails. */
const mostAttempts = 5

export interface GivingUpDependencies extends AtRestDependencies {
  leases: Leases
  redact(text: string): string
  endChildren(runId: string): Promise<void>
}

/** The process, or the loop, stopped each time the run was worked on. */
class TriedTooOftenError extends Error {
  override name = 'TriedTooOftenError'

  constructor() {
    super(`it was taken up ${mostTries} times and never got anywhere`)
  }
}

/** What becomes of runs whose loop has thrown. */
export class GivingUp {
  readonly #deps: GivingUpDependencies
  /** Runs whose failure was the store's: their next try is the same one. */
  readonly #sameTry = new Set<string>()

  constructor(deps: GivingUpDependencies) {
    this.#deps = deps
  }

  /** What the next claim counts. */
  nextTry(runId: string): 0 | 1 {
    return this.#sameTry.delete(runId) ? 0 : 1
  }

  refuseOneTooMany(record: RunRecord) {
    if (record.tries > mostTries) throw new TriedTooOftenError()
  }

  /**
   * While the store cannot be written the rows say where the run stands: it is taken up again a little later. Anything
   * else ends it, or parks it where somebody talks to it. True where it is to be tried again later.
   */
  async giveUp(runId: string, error: unknown, hand: Hand | undefined, wasLoaded: boolean): Promise<boolean> {
    const { db, leases } = this.#deps
    try {
      if (isStoreDown(error)) throw error
      const record = await leases.claimFailed(runId, hand?.leaseEpoch)
      if (!record) return false
      for (let n = 0; n < mostAttempts; n++) {
        // What was said meanwhile is another try, though not at once.
        if (await this.#rest(record, error, wasLoaded)) return needsAttention(db, runId)
      }
      return record.tries <= mostTries
    } catch (second) {
      if (!isStoreDown(second)) throw second
      this.#sameTry.add(runId)
      return true
    }
  }

  async #rest(record: RunRecord, error: unknown, wasLoaded: boolean): Promise<boolean> {
    const cause = this.#deps.redact(error instanceof Error ? error.message : String(error))
    if (wasLoaded && record.interactive) {
      if (!(await parkAtRest(this.#deps, record, `The turn failed in the runtime: ${cause}`))) return false
    } else {
      const failure: RunEnd = { status: 'failed', stopReason: 'error', error: `The run cannot go on: ${cause}` }
      if (!(await endAtRest(this.#deps, record, failure))) return false
    }
    await this.#deps.endChildren(record.id)
    return true
  }
}

function isStoreDown(error: unknown): boolean {
  return error instanceof RuntimeError && error.code === 'store_unavailable'
}
