import type { Clock } from '../../ground/clock.ts'
import type { EmbedderSettings } from '../../ground/config/config.ts'
import type { Embedder, EmbedPurpose } from './embedder.ts'
import { createGeminiEmbedder, GEMINI_BATCH } from './gemini.ts'
import { createOpenAiEmbedder } from './openai.ts'
import { createStubEmbedder } from './stub.ts'

const homes = {
  openai: 'https://api.openai.com/v1',
  ollama: 'http://127.0.0.1:11434',
  voyage: 'https://api.voyageai.com/v1',
  gemini: 'https://generativelanguage.googleapis.com/v1beta',
} as const

/** The configured embedder, asked for as many texts at once as it takes. */
export function createEmbedder(
  { provider, model, baseUrl, apiKey, timeoutMs, batchSize }: EmbedderSettings,
  deps: { clock: Clock; fetch?: typeof fetch },
): Embedder {
  if (provider === 'stub') return createStubEmbedder(model)
  const http = { ...deps, headerTimeoutMs: timeoutMs, idleTimeoutMs: timeoutMs }
  const service = { id: provider, model, baseUrl: baseUrl ?? homes[provider], ...(apiKey && { apiKey }) }
  switch (provider) {
    case 'gemini':
      return inBatches(createGeminiEmbedder(service, http), Math.min(batchSize, GEMINI_BATCH))
    case 'voyage':
      return inBatches(createOpenAiEmbedder(service, http, voyageExtras), batchSize)
    default:
      return inBatches(createOpenAiEmbedder(service, http), batchSize)
  }
}

function voyageExtras(purpose: EmbedPurpose) {
  return { input_type: purpose === 'find' ? 'query' : 'document' }
}

function inBatches(embedder: Embedder, size: number): Embedder {
  return {
    ...embedder,
    async embed(texts, purpose, signal) {
      const vectors: Float32Array[] = []
      for (let at = 0; at < texts.length; at += size) {
        vectors.push(...(await embedder.embed(texts.slice(at, at + size), purpose, signal)))
      }
      return vectors
    },
  }
}
