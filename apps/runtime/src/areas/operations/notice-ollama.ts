import { Alarm } from '../../ground/alarm/alarm.ts'
import type { Clock } from '../../ground/clock.ts'
import type { Config, ProviderSettings } from '../../ground/config/config.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'
import type { Provider } from '../../models/providers/provider.ts'
import type { Reload } from './reload.ts'

const everyMs = 3_000

export interface NoticeOllamaDeps {
  config: Config
  clock: Clock
  telemetry: Telemetry
  /** Those that runs find; the one that was noticed is put there. */
  providers: Map<string, Provider>
  create(settings: ProviderSettings): ReadonlyMap<string, Provider>
  reload: Reload
}

/** When it was looked for last, and why there was none. */
export interface OllamaSought {
  at: number
  lack: string
}

/**
 * Looks now and then for an Ollama on this machine, as long as no model service is set up: somebody who starts it need not
 * start the runtime again.
 */
export class NoticeOllama {
  readonly #deps: NoticeOllamaDeps
  readonly #alarm: Alarm
  #sought: OllamaSought | undefined

  constructor(deps: NoticeOllamaDeps) {
    this.#deps = deps
    const { clock, telemetry } = deps
    this.#alarm = new Alarm({
      clock,
      telemetry,
      name: 'looking for Ollama',
      look: async () => ((await this.#look()) ? undefined : clock.now() + everyMs),
    })
    if (this.#mayLook()) this.#alarm.at(clock.now() + everyMs)
  }

  get sought(): OllamaSought | undefined {
    return this.#mayLook() ? this.#sought : undefined
  }

  stop() {
    this.#alarm.stop()
  }

  #mayLook(): boolean {
    const { config } = this.#deps
    return config.findOllama !== undefined && Object.keys(config.providers).length === 0
  }

  /** Whether it need not be looked for any more. */
  async #look(): Promise<boolean> {
    const { config, clock, telemetry, providers, create, reload } = this.#deps
    if (!config.findOllama || !this.#mayLook()) return true
    const found = await config.findOllama()
    if ('lack' in found) {
      this.#sought = { at: clock.now(), lack: found.lack }
      return false
    }
    config.providers = found.providers
    for (const [id, provider] of create(found.providers)) providers.set(id, provider)
    telemetry.log('info', `an Ollama was found at ${found.providers['ollama-local']?.baseUrl}, and is used from now on`)
    // Agents that played a script for want of a model have one now.
    await reload()
    return true
  }
}
