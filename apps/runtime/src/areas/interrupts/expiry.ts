import { longestTimerMs } from '../../ground/clock.ts'
import { report } from '../../ground/telemetry/telemetry.ts'
import type { InterruptContext } from './context.ts'
import { settle } from './settle.ts'
import { earliestExpiry, listDueInterrupts } from './store.ts'

const retryMs = 5_000
/** Between two looks, however many questions expire. */
const pauseMs = 1_000
const batch = 100

/**
 * Ends questions whose time is over, also while the runtime is paused. When is in the rows; the timer only says when to
 * look, so one for the earliest is enough, and one for a question that was answered meanwhile costs a look.
 */
export class Expiry {
  readonly #ctx: InterruptContext
  readonly #isStopping: () => boolean
  #timer: { at: number; cancel(): void } | undefined
  #looking: Promise<void> = Promise.resolve()

  constructor(ctx: InterruptContext, isStopping: () => boolean) {
    this.#ctx = ctx
    this.#isStopping = isStopping
  }

  /** Ends what expired while no process was there, and waits for the rest. */
  start() {
    this.#looking = this.#looking.then(() => this.#look())
  }

  watch(expiresAt: number) {
    if (this.#isStopping() || (this.#timer && this.#timer.at <= expiresAt)) return
    this.stop()
    const { clock } = this.#ctx
    const delay = Math.min(Math.max(expiresAt - clock.now(), 0), longestTimerMs)
    const cancel = clock.after(delay, () => {
      this.#timer = undefined
      this.start()
    })
    this.#timer = { at: expiresAt, cancel }
  }

  stop() {
    this.#timer?.cancel()
    this.#timer = undefined
  }

  async #look() {
    try {
      while (!this.#isStopping() && (await this.#expireSome()));
      const next = this.#isStopping() ? undefined : earliestExpiry(this.#ctx.db)
      if (next !== undefined) this.watch(Math.max(next, this.#ctx.clock.now() + pauseMs))
    } catch (error) {
      if (this.#isStopping()) return
      report(this.#ctx.telemetry, 'expiry of questions', error)
      this.watch(this.#ctx.clock.now() + retryMs)
    }
  }

  /** False when there is nothing more to expect from another look. */
  async #expireSome(): Promise<boolean> {
    const { db, clock } = this.#ctx
    const due = listDueInterrupts(db, clock.now(), batch)
    const times = await Promise.all(due.map((row) => settle(this.#ctx, row, { status: 'timed_out', by: 'timeout' })))
    return due.length === batch && times.some((at) => at !== undefined)
  }
}
