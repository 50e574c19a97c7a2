import {
  ConfigError,
  type EmbedderSettings,
  type MemorySeed,
  type MemorySettings,
  type ProviderSettings,
} from './config.ts'
import type { ConfigFile } from './config-file.ts'
import type { EmbeddingEnv } from './env/env.ts'
import type { ServiceAccess } from './model-services.ts'

type Fields = NonNullable<ConfigFile['memory']>

const DEFAULT_MODELS = {
  openai: 'text-embedding-3-small',
  ollama: 'nomic-embed-text',
  voyage: 'voyage-3.5',
  gemini: 'gemini-embedding-001',
  stub: 'fnv-256',
} as const

export function memorySettings(fields: Fields = {}, env: EmbeddingEnv, providers: ProviderSettings): MemorySettings {
  const embedder = embedderSettings(fields.embedder, env, providers)
  return { ...(embedder && { embedder }), entries: (fields.entries ?? []).map(toSeed) }
}

function embedderSettings(
  fields: Fields['embedder'],
  env: EmbeddingEnv,
  providers: ProviderSettings,
): EmbedderSettings | undefined {
  const asked = fields?.provider ?? (env.stub ? 'stub' : undefined)
  if (asked === undefined) {
    if (fields) throw new ConfigError('memory.embedder has no provider; name one, such as openai.')
    return undefined
  }
  // Anthropic makes no embeddings of its own and points to Voyage.
  const provider = asked === 'anthropic' ? 'voyage' : asked
  return {
    provider,
    model: fields?.model ?? DEFAULT_MODELS[provider],
    timeoutMs: fields?.timeout_ms ?? env.timeoutMs,
    batchSize: fields?.batch_size ?? env.batchSize,
    ...access(provider, env, providers),
  }
}

function access(
  provider: EmbedderSettings['provider'],
  { voyageApiKey, voyageBaseUrl }: EmbeddingEnv,
  { openai, 'ollama-local': ollama, gemini }: ProviderSettings,
): Pick<EmbedderSettings, 'apiKey' | 'baseUrl'> {
  const missing = (variable: string) =>
    new ConfigError(`memory.embedder uses ${provider}, which is not set up; set ${variable}.`)
  if (provider === 'openai') {
    if (!openai) throw missing('OPENAI_API_KEY')
    return addressOf(openai)
  }
  if (provider === 'ollama') {
    if (!ollama) throw missing('OLLAMA_BASE_URL')
    return addressOf(ollama)
  }
  if (provider === 'voyage') {
    if (!voyageApiKey) throw missing('VOYAGE_API_KEY')
    return { apiKey: voyageApiKey, baseUrl: voyageBaseUrl }
  }
  if (provider === 'gemini') {
    if (!gemini) throw missing('GEMINI_API_KEY')
    return gemini
  }
  return {}
}

function addressOf({ apiKey, baseUrl }: ServiceAccess): Pick<EmbedderSettings, 'apiKey' | 'baseUrl'> {
  return { ...(apiKey && { apiKey }), ...(baseUrl && { baseUrl }) }
}

function toSeed({ scope, scope_id, key, value, embed = false }: NonNullable<Fields['entries']>[number]): MemorySeed {
  if (scope !== 'tenant' && scope_id === undefined) {
    throw new ConfigError(`memory.entries has "${key}" in the scope ${scope} without scope_id; say whose it is.`)
  }
  return { scope, scopeId: scope === 'tenant' ? '' : scope_id!, key, value, embed }
}
