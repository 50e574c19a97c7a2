import type { Clock } from '../../ground/clock.ts'
import type { Database } from '../../ground/db/database.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import type { Presence } from '../../ground/replicas/presence.ts'
import type { SqlPart } from '../../ground/replicas/replica-time.ts'
import type { RunRecord } from '../rows/run-record.ts'
import {
  claimFailedRun,
  claimRun,
  findRun,
  type Hand,
  heartbeat,
  isHandDead,
  listHands,
  notAmong,
  silentSince,
} from '../rows/runs.ts'

/** Whose hand has not been heard of for so long is dead, where it says itself that it is alive. */
const staleAfterMs = 10 * 60_000

export interface LeaseDependencies {
  db: Database
  clock: Clock
  /** Name of this process in leases. */
  owner(): string
  /** Where processes share the store: a hand is alive as long as its process is. */
  presence?: Presence | undefined
}

/** Who works on which run, as it stands in rows. */
export class Leases {
  readonly #deps: LeaseDependencies

  constructor(deps: LeaseDependencies) {
    this.#deps = deps
  }

  get owner(): string {
    return this.#deps.owner()
  }

  /** A condition on a run: whoever has it is dead. */
  get isDead(): SqlPart {
    const { presence, clock } = this.#deps
    return presence ? notAmong(presence.alive()) : silentSince(clock.now() - staleAfterMs)
  }

  /** Undefined where it has ended, another process works on it, or there is nothing to be done. */
  claim(runId: string, tries: 0 | 1): Promise<RunRecord | undefined> {
    return this.#claimed(runId, (now) => claimRun({ runId, ...now, tries }))
  }

  /**
   * After the hand of this epoch has failed, if there was one. Undefined where another one has the run by now. Whatever
   * the run's last hand was still writing is fenced off from here on.
   */
  claimFailed(runId: string, epoch: number | undefined): Promise<RunRecord | undefined> {
    return this.#claimed(runId, (now) => claimFailedRun({ runId, ...now, epoch }))
  }

  /** Another process has it, and is alive as far as is known. */
  async isElsewhere({ id, leaseOwner }: RunRecord): Promise<boolean> {
    if (leaseOwner === null || leaseOwner === this.owner) return false
    return !(await isHandDead(this.#deps.db, id, leaseOwner, this.isDead))
  }

  /** Not where it is enough that the process is alive. */
  async beat(hands: readonly Hand[]): Promise<void> {
    const { db, clock, presence } = this.#deps
    if (presence || hands.length === 0) return
    const now = clock.now()
    await db.write(hands.map((hand) => heartbeat(hand, this.owner, now)))
  }

  /** Those of these that another process has taken, or that have come to their end. */
  async lost(hands: readonly Hand[]): Promise<Hand[]> {
    if (hands.length === 0) return []
    const held = new Map((await listHands(this.#deps.db, this.owner)).map(({ id, leaseEpoch }) => [id, leaseEpoch]))
    return hands.filter(({ id, leaseEpoch }) => held.get(id) !== leaseEpoch)
  }

  async #claimed(
    runId: string,
    claim: (now: { owner: string; at: number; isDead: SqlPart }) => ReturnType<typeof claimRun>,
  ): Promise<RunRecord | undefined> {
    const { db, clock } = this.#deps
    const { owner, isDead } = this
    try {
      await db.write([claim({ owner, at: clock.now(), isDead })])
    } catch (error) {
      if (error instanceof NothingChangedError) return undefined
      throw error
    }
    const record = await findRun(db, runId)
    // Somebody may have ended it, or taken it away, right after.
    return record?.leaseOwner === owner ? record : undefined
  }
}
