import { geminiAddress } from '../providers/gemini/address.ts'
import type { HttpDeps } from '../providers/http.ts'
import { type Embedder, ofLengthOne } from './embedder.ts'
import { type EmbeddingService, embeddingClient } from './service.ts'

/** What Google takes in one request. */
export const GEMINI_BATCH = 100

/** Google's `batchEmbedContents`. */
export function createGeminiEmbedder(service: EmbeddingService, deps: HttpDeps): Embedder {
  const { id, model, apiKey } = service
  const client = embeddingClient(
    { ...service, baseUrl: geminiAddress(service.baseUrl) },
    apiKey ? { 'x-goog-api-key': apiKey } : {},
    deps,
  )
  const name = `models/${model}`
  return {
    provider: id,
    model,
    embed(texts, purpose, signal) {
      const taskType = purpose === 'find' ? 'RETRIEVAL_QUERY' : 'RETRIEVAL_DOCUMENT'
      const requests = texts.map((text) => ({ model: name, content: { parts: [{ text }] }, taskType }))
      return client.ask(`/${name}:batchEmbedContents`, { requests }, texts.length, readVectors, signal)
    },
  }
}

function readVectors(answer: unknown): Float32Array[] {
  const { embeddings } = answer as { embeddings: { values: number[] }[] }
  return embeddings.map(({ values }) => ofLengthOne(values))
}
