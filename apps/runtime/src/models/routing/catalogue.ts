import type { CatalogueModel, CatalogueProvider, ModelCatalogue } from '@loomcycle/proto'
import type { Config } from '../../ground/config/config.ts'
import type { ModelNotes, Provider } from '../providers/provider.ts'
import type { Listings } from './listings.ts'
import { usualProvider } from './resolve.ts'

export interface CatalogueDeps {
  config: Pick<Config, 'defaults' | 'aliases'>
  providers: ReadonlyMap<string, Provider>
  listings: Listings
}

/** What models there are, as their services say; they are asked side by side. */
export class Catalogue {
  readonly #deps: CatalogueDeps

  constructor(deps: CatalogueDeps) {
    this.#deps = deps
  }

  async list(fresh = false): Promise<ModelCatalogue> {
    const { config, providers, listings } = this.#deps
    const usual = usualProvider(config, providers)
    const all = await Promise.all(
      [...providers.values()].map(async (provider): Promise<CatalogueProvider> => {
        const { models, notes, at, error } = await listings.of(provider, fresh)
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
    return { providers: all, aliases: { ...config.aliases } }
  }

  /** Every model of a service; undefined where it may have others than it lists, or does not answer. */
  async all(id: string): Promise<readonly string[] | undefined> {
    const provider = this.#deps.providers.get(id)
    if (!provider?.listsAll) return undefined
    const { models, error } = await this.#deps.listings.of(provider)
    return error === undefined ? models : undefined
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
