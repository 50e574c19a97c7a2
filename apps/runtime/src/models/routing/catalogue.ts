import type { CatalogueModel, CatalogueProvider, ModelCatalogue } from '@loomcycle/proto'
import type { Clock } from '../../ground/clock.ts'
import type { Config } from '../../ground/config/config.ts'
import type { ModelNotes, Provider } from '../providers/provider.ts'
import { usualProvider } from './resolve.ts'

/** Services change seldom; one that did not answer may be back soon. */
const knownForMs = 300_000
const failedForMs = 30_000
/** What a machine has loaded changes with each question to it. */
const noticedForMs = 30_000
/** Whoever asks again and again is told the same for so long. */
const leastMs = 10_000
const patienceMs = 10_000

interface Listed {
  at: number
  models: readonly string[]
  notes?: ReadonlyMap<string, ModelNotes>
  error?: string
}

export interface CatalogueDeps {
  config: Pick<Config, 'defaults'>
  providers: ReadonlyMap<string, Provider>
  clock: Pick<Clock, 'now'>
}

/** What models there are, as their services say; they are asked side by side, and nobody waits for the same twice. */
export class Catalogue {
  readonly #deps: CatalogueDeps
  readonly #listed = new Map<string, Listed>()
  readonly #asking = new Map<string, Promise<Listed>>()

  constructor(deps: CatalogueDeps) {
    this.#deps = deps
  }

  async list(fresh = false): Promise<ModelCatalogue> {
    const { config, providers } = this.#deps
    const usual = usualProvider(config, providers)
    const all = await Promise.all(
      [...providers.values()].map(async (provider): Promise<CatalogueProvider> => {
        const { models, notes, at, error } = await this.#models(provider, fresh)
        const chosen = provider.id === config.defaults.provider ? config.defaults.model : undefined
        const preferred = chosen ?? (models.length > 0 ? preferredOf(provider, models) : undefined)
        return {
          provider: provider.id,
          ...(provider.id === usual ? { default: true } : {}),
          ...(preferred === undefined ? {} : { default_model: preferred }),
          ...(provider.id === 'scripted' ? { scripted: true } : {}),
          models: models.toSorted().map((id) => toModel(id, provider, notes?.get(id))),
          read_at: new Date(at).toISOString(),
          ...(error === undefined ? {} : { error }),
        }
      }),
    )
    return { providers: all }
  }

  /** Every model of a service; undefined where it may have others than it lists, or does not answer. */
  async all(id: string): Promise<readonly string[] | undefined> {
    const provider = this.#deps.providers.get(id)
    if (!provider?.listsAll) return undefined
    const { models, error } = await this.#models(provider, false)
    return error === undefined ? models : undefined
  }

  #models(provider: Provider, fresh: boolean): Promise<Listed> {
    const known = this.#listed.get(provider.id)
    const unasked = known?.error !== undefined ? failedForMs : known?.notes ? noticedForMs : knownForMs
    const lasts = fresh ? leastMs : unasked
    if (known && this.#deps.clock.now() - known.at < lasts) return Promise.resolve(known)
    let asking = this.#asking.get(provider.id)
    if (!asking) {
      asking = this.#ask(provider, known?.models ?? []).finally(() => this.#asking.delete(provider.id))
      this.#asking.set(provider.id, asking)
    }
    return asking
  }

  async #ask(provider: Provider, before: readonly string[]): Promise<Listed> {
    const signal = AbortSignal.timeout(patienceMs)
    const asked = Promise.all([provider.listModels(signal), provider.describeModels?.(signal)])
    const said = await asked.then(
      ([models, notes]) => ({ models, ...(notes && { notes }) }),
      (error: unknown) => ({ models: before, error: error instanceof Error ? error.message : String(error) }),
    )
    const listed = { at: this.#deps.clock.now(), ...said }
    this.#listed.set(provider.id, listed)
    return listed
  }
}

function toModel(id: string, provider: Provider, { sizeBytes, isLoaded }: ModelNotes = {}): CatalogueModel {
  return {
    id,
    ...(provider.capabilities(id).thinking ? { effort: true } : {}),
    ...(sizeBytes === undefined ? {} : { size_bytes: sizeBytes }),
    ...(isLoaded === undefined ? {} : { loaded: isLoaded }),
  }
}

function preferredOf(provider: Provider, models: readonly string[]): string | undefined {
  try {
    return provider.preferredModel(models)
  } catch {
    // It has none for conversations.
    return undefined
  }
}
