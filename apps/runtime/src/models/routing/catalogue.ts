import type { CatalogueModel, CatalogueProvider, ModelCatalogue } from '@loomcycle/proto'
import type { Config } from '../../ground/config/config.ts'
import type { ModelNotes, Provider } from '../providers/provider.ts'
import type { Listings } from './listings.ts'
import { usualProvider } from './resolve.ts'
import { windowSet } from './windows.ts'

export interface CatalogueDeps {
  config: Pick<Config, 'defaults' | 'aliases' | 'windows'>
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
          models: models.toSorted().map((id) => toModel(id, provider, notes?.get(id), config.windows)),
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

function toModel(
  id: string,
  provider: Provider,
  { sizeBytes, isLoaded, contextWindow }: ModelNotes = {},
  windows: Config['windows'],
): CatalogueModel {
  const can = provider.capabilities(id)
  const window = windowSet(windows, provider.id, id) ?? contextWindow ?? can.contextWindow
  return {
    id,
    ...(can.thinking ? { effort: true } : {}),
    ...(can.vision ? { pictures: true } : {}),
    ...(window === undefined ? {} : { context_window: window }),
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
