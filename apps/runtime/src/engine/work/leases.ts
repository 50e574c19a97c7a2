import type { Clock } from '../../ground/clock.ts'
import type { Database } from '../../ground/db/database.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import type { RunRecord } from '../rows/run-record.ts'
import { claimFailedRun, claimRun, findRun, type Hand, heartbeat } from '../rows/runs.ts'

/** Whose hand has not been heard of for so long is dead. */
const staleAfterMs = 10 * 60_000

export interface LeaseDependencies {
  db: Database
  clock: Clock
  /** Name of this process in leases. */
  owner: string
}

/** Who works on which run, as it stands in rows. */
export class Leases {
  readonly #deps: LeaseDependencies

  constructor(deps: LeaseDependencies) {
    this.#deps = deps
  }

  /** Before this, a hand that was not heard of since is dead. */
  get staleBefore(): number {
    return this.#deps.clock.now() - staleAfterMs
  }

  /** Undefined where it has ended, another process works on it, or there is nothing to be done. */
  claim(runId: string, tries: 0 | 1): Promise<RunRecord | undefined> {
    return this.#claimed(runId, claimRun({ runId, ...this.#now(), tries }))
  }

  /** Whatever the run's last hand was still writing is fenced off from here on. */
  claimFailed(runId: string): Promise<RunRecord | undefined> {
    return this.#claimed(runId, claimFailedRun({ runId, ...this.#now() }))
  }

  /** Another process has it, and is alive as far as is known. */
  isElsewhere({ leaseOwner, heartbeatAt }: RunRecord): boolean {
    if (leaseOwner === null || leaseOwner === this.#deps.owner) return false
    return heartbeatAt !== null && heartbeatAt >= this.staleBefore
  }

  async beat(hands: readonly Hand[]): Promise<void> {
    const { db, clock, owner } = this.#deps
    const now = clock.now()
    if (hands.length > 0) await db.write(hands.map((hand) => heartbeat(hand, owner, now)))
  }

  #now() {
    return { owner: this.#deps.owner, at: this.#deps.clock.now(), staleBefore: this.staleBefore }
  }

  async #claimed(runId: string, claim: ReturnType<typeof claimRun>): Promise<RunRecord | undefined> {
    const { db, owner } = this.#deps
    try {
      await db.write([claim])
    } catch (error) {
      if (error instanceof NothingChangedError) return undefined
      throw error
    }
    const record = await findRun(db, runId)
    // Somebody may have ended it, or taken it away, right after.
    return record?.leaseOwner === owner ? record : undefined
  }
}
