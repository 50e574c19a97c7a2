import { type Clock, longestTimerMs } from '../clock.ts'
import { report, type Telemetry } from '../telemetry/telemetry.ts'

const retryMs = 5_000

export interface AlarmOptions {
  clock: Clock
  telemetry: Telemetry
  /** In the log of the operator. */
  name: string
  /** Does what is due and says when to look again. */
  look(): Promise<number | undefined>
}

/**
 * One timer for everything of a kind that is due some day. When is in rows; the timer only says when to look, so one
 * for the earliest is enough, and one for what was settled meanwhile costs a look.
 */
export class Alarm {
  readonly #options: AlarmOptions
  #timer: { at: number; cancel(): void } | undefined
  #looking: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(options: AlarmOptions) {
    this.#options = options
  }

  at(time: number) {
    if (this.#stopped || (this.#timer && this.#timer.at <= time)) return
    this.#timer?.cancel()
    const { clock } = this.#options
    const delay = Math.min(Math.max(time - clock.now(), 0), longestTimerMs)
    const cancel = clock.after(delay, () => {
      this.#timer = undefined
      this.now()
    })
    this.#timer = { at: time, cancel }
  }

  now() {
    this.#looking = this.#looking.then(async () => {
      if (this.#stopped) return
      const { clock, telemetry, name, look } = this.#options
      try {
        const next = await look()
        if (next !== undefined) this.at(next)
      } catch (error) {
        if (this.#stopped) return
        report(telemetry, name, error)
        this.at(clock.now() + retryMs)
      }
    })
  }

  stop() {
    this.#stopped = true
    this.#timer?.cancel()
    this.#timer = undefined
  }
}
