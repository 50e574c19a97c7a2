import type { Clock } from '../clock.ts'
import type { EmbedderSettings } from '../config/config.ts'
import type { Embedder } from './embedder.ts'
import { createOpenAiEmbedder } from './openai.ts'
import { createStubEmbedder } from './stub.ts'

/** The configured embedder, asked for as many texts at once as it takes. */
export function createEmbedder(
  { provider, model, baseUrl, apiKey, timeoutMs, batchSize }: EmbedderSettings,
  deps: { clock: Clock; fetch?: typeof fetch },
): Embedder {
  if (provider === 'stub') return createStubEmbedder(model)
  const http = { ...deps, headerTimeoutMs: timeoutMs, idleTimeoutMs: timeoutMs }
  const service = { id: provider, model, ...(apiKey && { apiKey }) }
  if (provider === 'voyage') {
    const extras = (purpose: 'store' | 'find') => ({ input_type: purpose === 'find' ? 'query' : 'document' })
    return inBatches(
      createOpenAiEmbedder({ ...service, baseUrl: baseUrl ?? 'https://api.voyageai.com/v1', extras }, http),
      batchSize,
    )
  }
  const home = provider === 'ollama' ? 'http://127.0.0.1:11434' : 'https://api.openai.com/v1'
  return inBatches(createOpenAiEmbedder({ ...service, baseUrl: baseUrl ?? home }, http), batchSize)
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
