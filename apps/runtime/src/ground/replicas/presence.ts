import { randomBytes } from 'node:crypto'
import { type Clock, sleep } from '../clock.ts'
import { ConfigError } from '../config/config.ts'
import type { Database } from '../db/database.ts'
import { NothingChangedError } from '../db/errors.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { ReplicaTime, SqlPart } from './replica-time.ts'
import { SharedClock } from './shared-clock.ts'
import {
  aliveInstances,
  beat,
  findNow,
  findReplica,
  forgetDead,
  listAlive,
  listReplicas,
  type ReplicaRow,
  register,
  unregister,
} from './store.ts'

const beatMs = 1_000
/** Before anybody may take it for dead: what it has it lets go by itself, whatever the clocks of others say. */
const letGoAfterMs = 4_000
const lookAtNameMs = 500
/** A replica that ended without a word is listed for so long. */
const rememberedMs = 60 * 60_000

export interface PresenceOptions {
  db: Database
  clock: Clock
  time: ReplicaTime
  /** A random one unless given. */
  id?: string | undefined
  hostname: string
  version: string
  telemetry: Pick<Telemetry, 'log'>
  /** Runs that it works on. */
  running(): number
}

export interface PresenceFollower {
  /** It cannot prove that it is there: others are about to take over what it has. */
  lost(): void
  /** It is there again, as another instance. */
  back(): void
  /** Others who were there are not any more. */
  gone(): void
}

/**
 * That this process is there, for others on the same store: a row that it writes anew every second. Leases are of its
 * `instance`, and worth as much as this row is young, by the store's clock. Where it cannot write it for a while, by its
 * own clock, it lets go of everything and comes back as another instance.
 */
export class Presence {
  readonly id: string
  /** What this process and all others go by. */
  readonly clock: SharedClock
  readonly #options: PresenceOptions
  #instance = newInstance()
  #state: 'outside' | 'there' | 'lost' = 'outside'
  #provenAt = 0
  #others = new Set<string>()
  #follower: PresenceFollower = { lost() {}, back() {}, gone() {} }
  #cancelBeat = () => {}
  #cancelWatch = () => {}
  #beating: Promise<void> = Promise.resolve()
  #isRefused = false

  constructor(options: PresenceOptions) {
    this.#options = options
    this.clock = new SharedClock(options.clock)
    this.id = options.id ?? `replica-${randomBytes(4).toString('hex')}`
  }

  /** Whose leases are this process's. */
  get instance(): string {
    return this.#instance
  }

  get isThere(): boolean {
    return this.#state === 'there'
  }

  /** Those that are alive, for a subquery. */
  alive(): SqlPart {
    return aliveInstances(this.now())
  }

  now(): SqlPart {
    return this.#options.time.storeNow()
  }

  follow(follower: PresenceFollower) {
    this.#follower = follower
  }

  list(): Promise<(ReplicaRow & { now: number })[]> {
    return listReplicas(this.#options.db, this.now())
  }

  /** Puts the clock right; before anything else goes by it. */
  measure(): Promise<void> {
    return this.clock.measure(() => findNow(this.#options.db, this.now()))
  }

  /** Takes its name, and writes its row from now on. Refuses where a process that is alive has the name. */
  async join(): Promise<void> {
    const { db, clock } = this.#options
    let seen: ReplicaRow | undefined
    while (!(await this.#register())) {
      const holder = await findReplica(db, this.id)
      // One that was killed a moment ago is silent; its successor waits until that is certain.
      if (seen && holder && (holder.heartbeat_at !== seen.heartbeat_at || holder.instance !== seen.instance)) {
        throw new ConfigError(
          `There is a replica ${this.id} already, on ${holder.hostname}; give this one another name with LOOMCYCLE_REPLICA_ID, or stop that one.`,
        )
      }
      seen = holder
      await sleep(clock, lookAtNameMs, new AbortController().signal)
    }
    await db.write([forgetDead(rememberedMs, this.now())])
    this.#beatLater()
  }

  /** Whether nobody else is there. */
  async isAlone(): Promise<boolean> {
    return (await listAlive(this.#options.db, this.now())).every((instance) => instance === this.#instance)
  }

  /** Gives its name and its leases back. */
  async leave(): Promise<void> {
    const { db } = this.#options
    this.abandon()
    await this.#beating
    await db.write([unregister(this.#instance)])
  }

  /** Is silent from here on, as at the end of the process. */
  abandon() {
    this.#state = 'outside'
    this.#cancelBeat()
    this.#cancelWatch()
  }

  #beatLater() {
    this.#cancelBeat = this.#options.clock.after(beatMs, () => {
      this.#beating = this.#beat().finally(() => {
        if (this.#state !== 'outside') this.#beatLater()
      })
    })
  }

  async #beat(): Promise<void> {
    const { db, time, telemetry, running } = this.#options
    const sent = time.elapsed()
    try {
      if (this.#state === 'lost') {
        const isBack = await this.#register()
        if (isBack) this.#follower.back()
        else if (!this.#isRefused) {
          telemetry.log('error', `another process is called ${this.id} now; this one does nothing until that has ended`)
        }
        this.#isRefused = !isBack
        return
      }
      await db.write([beat(this.#instance, running(), this.now())])
      if (this.isThere) this.#proven(sent)
      await this.#lookForOthers()
      await this.measure()
    } catch (error) {
      // Somebody has taken the name, or the row away.
      if (error instanceof NothingChangedError) this.#lose()
    }
  }

  /** False where another one that is alive has the name. */
  async #register(): Promise<boolean> {
    const { db, time, hostname, version } = this.#options
    const sent = time.elapsed()
    const instance = newInstance()
    try {
      await db.write([register({ id: this.id, instance, hostname, version }, this.#instance, this.now())])
    } catch (error) {
      if (error instanceof NothingChangedError) return false
      throw error
    }
    this.#instance = instance
    this.#state = 'there'
    this.#proven(sent)
    return true
  }

  #proven(at: number) {
    const { clock, time } = this.#options
    this.#provenAt = at
    this.#cancelWatch()
    this.#cancelWatch = clock.after(Math.max(at + letGoAfterMs - time.elapsed(), 0), () => this.#lose())
  }

  #lose() {
    if (!this.isThere) return
    const { telemetry, time } = this.#options
    this.#state = 'lost'
    this.#cancelWatch()
    const silent = Math.round(time.elapsed() - this.#provenAt)
    telemetry.log(
      'warn',
      `replica ${this.id} could not prove for ${silent} ms that it is there, and lets go of its runs`,
    )
    this.#follower.lost()
  }

  async #lookForOthers() {
    const { db } = this.#options
    const alive = new Set(await listAlive(db, this.now()))
    const isGone = [...this.#others].some((instance) => !alive.has(instance))
    this.#others = alive
    if (isGone && this.isThere) this.#follower.gone()
  }
}

function newInstance(): string {
  return `r_${randomBytes(9).toString('base64url')}`
}
