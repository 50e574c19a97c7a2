import { type Clock, longestTimerMs } from '../../ground/clock.ts'
import { report, type Telemetry } from '../../ground/telemetry/telemetry.ts'

const retryMs = 5_000

/** One timer for everything that is due some day. What is due stands in rows; this only says when to look. */
export class Alarm {
  readonly #clock: Clock
  readonly #telemetry: Telemetry
  readonly #look: () => Promise<number | undefined>
  #timer: { at: number; cancel(): void } | undefined
  #looking: Promise<void> = Promise.resolve()
  #stopped = false

  /** `look` does what is due and says when to look again. */
  constructor({ clock, telemetry }: { clock: Clock; telemetry: Telemetry }, look: () => Promise<number | undefined>) {
    this.#clock = clock
    this.#telemetry = telemetry
    this.#look = look
  }

  at(time: number) {
    if (this.#stopped || (this.#timer && this.#timer.at <= time)) return
    this.#timer?.cancel()
    const delay = Math.min(Math.max(time - this.#clock.now(), 0), longestTimerMs)
    const cancel = this.#clock.after(delay, () => {
      this.#timer = undefined
      this.now()
    })
    this.#timer = { at: time, cancel }
  }

  now() {
    this.#looking = this.#looking.then(async () => {
      if (this.#stopped) return
      try {
        const next = await this.#look()
        if (next !== undefined) this.at(next)
      } catch (error) {
        if (this.#stopped) return
        report(this.#telemetry, 'channels', error)
        this.at(this.#clock.now() + retryMs)
      }
    })
  }

  stop() {
    this.#stopped = true
    this.#timer?.cancel()
  }
}
