import { RuntimeError } from '@loomcycle/proto'
import type { Clock } from '../../ground/clock.ts'
import type { Concurrency } from '../../ground/config/config.ts'
import type { SharedPlaces } from './shared-places.ts'

/** The right to work on one run. */
export interface Slot {
  release(): void
  /** Others may work while its run waits for something; what it returns says that it waits no more, and goes on at once. */
  lend(): () => void
}

export interface Waiter {
  /** Rejects when the wait was given up. */
  slot: Promise<Slot>
  giveUp(): void
}

interface Waiting {
  userId: string
  /** Somebody holds a connection open for it, so it counts against the queue's depth and waits only so long. */
  bounded: boolean
  grant(slot: Slot): void
}

/** Who is worked on at the same time, and who is next. First come, first served; a parked or waiting run needs no slot. */
export class Slots {
  readonly #clock: Clock
  readonly #limits: Concurrency
  #active = 0
  readonly #queue: Waiting[] = []
  /** Working or queued, by user. */
  readonly #perUser = new Map<string, number>()

  readonly #shared: SharedPlaces | undefined

  /** `shared`: where users have runs at work in other processes, too. */
  constructor(clock: Clock, limits: Concurrency, shared?: SharedPlaces) {
    this.#clock = clock
    this.#limits = limits
    this.#shared = shared
  }

  /** For a new run: refused when too many wait already, or when the wait gets too long. */
  async admit(userId: string, signal: AbortSignal): Promise<Slot> {
    const { maxConcurrentRuns, maxQueueDepth, queueTimeoutMs, maxConcurrentRunsPerUser: cap } = this.#limits
    if (cap > 0 && (this.#perUser.get(userId) ?? 0) >= cap) throw tooManyOf(userId, cap)
    const giveBack = cap > 0 && this.#shared ? await this.#reserve(this.#shared, userId, cap) : () => {}
    let waiter: Waiter
    try {
      const full = this.#active >= maxConcurrentRuns
      if (full && this.#queue.filter((waiting) => waiting.bounded).length >= maxQueueDepth) throw backpressure()
      waiter = this.#enqueue(userId, true)
    } finally {
      giveBack()
    }
    const cancelTimer = this.#clock.after(queueTimeoutMs, waiter.giveUp)
    try {
      return await untilGone(waiter, signal)
    } catch {
      throw backpressure()
    } finally {
      cancelTimer()
    }
  }

  /** Counted as one that has its place until it has, so that of two who ask at once one is told of the other. */
  async #reserve(shared: SharedPlaces, userId: string, cap: number): Promise<() => void> {
    const giveBack = () => this.#count(userId, -1)
    this.#count(userId, 1)
    try {
      if (await shared.isFree(userId, cap, () => this.#perUser.get(userId) ?? 0)) return giveBack
    } catch (error) {
      giveBack()
      throw error
    }
    giveBack()
    throw tooManyOf(userId, cap)
  }

  /** For a new run whose caller waits as long as it takes. Rejects when nobody waits any more. */
  waitFor(userId: string, signal: AbortSignal): Promise<Slot> {
    return untilGone(this.#enqueue(userId, false), signal)
  }

  /** The limits are others now: whoever waits may be next. */
  limitsChanged() {
    this.#grant()
  }

  /** For a run that exists: it waits as long as it takes. */
  wait(userId: string): Waiter {
    return this.#enqueue(userId, false)
  }

  stats() {
    return {
      active: this.#active,
      queued: this.#queue.length,
      per_user: Object.fromEntries(this.#perUser),
      max_concurrent_runs: this.#limits.maxConcurrentRuns,
      max_queue_depth: this.#limits.maxQueueDepth,
    }
  }

  #enqueue(userId: string, bounded: boolean): Waiter {
    this.#count(userId, 1)
    const granted = Promise.withResolvers<Slot>()
    const waiting: Waiting = { userId, bounded, grant: granted.resolve }
    this.#queue.push(waiting)
    this.#grant()
    return {
      slot: granted.promise,
      giveUp: () => {
        const place = this.#queue.indexOf(waiting)
        if (place < 0) return
        this.#queue.splice(place, 1)
        this.#count(userId, -1)
        granted.reject(new Error('the wait for a slot was given up'))
      },
    }
  }

  #grant() {
    while (this.#active < this.#limits.maxConcurrentRuns) {
      const next = this.#queue.shift()
      if (!next) return
      this.#active++
      next.grant(this.#slotOf(next.userId))
    }
  }

  #slotOf(userId: string): Slot {
    let state: 'held' | 'lent' | 'released' = 'held'
    const giveBack = () => {
      if (state === 'held') this.#active--
    }
    return {
      release: () => {
        if (state === 'released') return
        giveBack()
        state = 'released'
        this.#count(userId, -1)
        this.#grant()
      },
      lend: () => {
        if (state !== 'held') return () => {}
        giveBack()
        state = 'lent'
        this.#grant()
        return () => {
          if (state !== 'lent') return
          state = 'held'
          this.#active++
        }
      },
    }
  }

  #count(userId: string, change: 1 | -1) {
    const count = (this.#perUser.get(userId) ?? 0) + change
    if (count > 0) this.#perUser.set(userId, count)
    else this.#perUser.delete(userId)
    if (this.#limits.maxConcurrentRunsPerUser > 0) this.#shared?.tell(userId, () => this.#perUser.get(userId) ?? 0)
  }
}

async function untilGone({ slot, giveUp }: Waiter, signal: AbortSignal): Promise<Slot> {
  signal.addEventListener('abort', giveUp, { once: true })
  if (signal.aborted) giveUp()
  try {
    return await slot
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

function tooManyOf(userId: string, cap: number): RuntimeError {
  return new RuntimeError(
    'per_user_quota_exhausted',
    `The user ${userId} has ${cap} runs at work, which is the limit.`,
    { user_id: userId, cap, retry_after_s: 5 },
  )
}

function backpressure(): RuntimeError {
  return new RuntimeError(
    'backpressure',
    'The runtime has as many runs at work and waiting as it takes; try again in a moment.',
    {
      retry_after_s: 5,
    },
  )
}
