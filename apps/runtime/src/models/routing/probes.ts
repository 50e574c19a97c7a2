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

/** Asks services for their models, again and again once somebody has to choose between them. */
export class Probes {
  readonly #deps: ProbesDeps
  readonly #alarm: Alarm
  /** Services that somebody had to choose between. */
  readonly #begun = new Map<string, Promise<unknown>>()

  constructor(deps: ProbesDeps) {
    this.#deps = deps
    const { clock, telemetry, intervalMs } = deps
    this.#alarm = new Alarm({
      clock,
      telemetry,
      name: 'model services',
      look: async () => {
        await this.ask([...this.#begun.keys()])
        return clock.now() + intervalMs
      },
    })
  }

  /** All of them unless some are named, at the same time; those that were asked a moment ago are not asked again. */
  async ask(services: readonly string[] = [...this.#deps.providers.keys()]): Promise<void> {
    await Promise.all(services.map((id) => this.#askOne(id)))
  }

  /** Resolves once each of these has been asked; nobody is asked whom nobody may run on. */
  async begin(services: readonly string[]): Promise<void> {
    const { clock, intervalMs } = this.#deps
    if (this.#begun.size === 0) this.#alarm.at(clock.now() + intervalMs)
    for (const id of services) if (!this.#begun.has(id)) this.#begun.set(id, this.#askOne(id))
    await Promise.all(services.map((id) => this.#begun.get(id)))
  }

  async #askOne(id: string): Promise<void> {
    const { providers, listings } = this.#deps
    const provider = providers.get(id)
    if (provider) await listings.of(provider, true)
  }

  stop() {
    this.#alarm.stop()
  }
}
