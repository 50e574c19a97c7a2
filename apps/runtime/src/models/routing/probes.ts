import { Alarm } from '../../ground/alarm/alarm.ts'
import type { Clock } from '../../ground/clock.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'
import type { Provider } from '../providers/provider.ts'
import type { Listings } from './listings.ts'

export interface ProbesDeps {
  clock: Clock
  telemetry: Telemetry
  providers: ReadonlyMap<string, Provider>
  listings: Listings
  intervalMs: number
}

/** Asks the services for their models, again and again once somebody has to choose between them. */
export class Probes {
  readonly #deps: ProbesDeps
  readonly #alarm: Alarm
  #first: Promise<void> | undefined

  constructor(deps: ProbesDeps) {
    this.#deps = deps
    const { clock, telemetry, intervalMs } = deps
    this.#alarm = new Alarm({
      clock,
      telemetry,
      name: 'model services',
      look: async () => {
        await this.ask()
        return clock.now() + intervalMs
      },
    })
  }

  /** All of them, at the same time; those that were asked a moment ago are not asked again. */
  async ask(): Promise<void> {
    const { providers, listings } = this.#deps
    await Promise.all([...providers.values()].map((provider) => listings.of(provider, true)))
  }

  /** Resolves once each has been asked. */
  begin(): Promise<void> {
    if (!this.#first) {
      this.#first = this.ask()
      this.#alarm.at(this.#deps.clock.now() + this.#deps.intervalMs)
    }
    return this.#first
  }

  stop() {
    this.#alarm.stop()
  }
}
