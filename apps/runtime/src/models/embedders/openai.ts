import type { HttpDeps } from '../providers/http.ts'
import { withVersion } from '../providers/openai/service.ts'
import { type Embedder, type EmbedPurpose, ofLengthOne } from './embedder.ts'
import { type EmbeddingService, embeddingClient } from './service.ts'

/** What this service wants to be told besides. */
export type Extras = (purpose: EmbedPurpose) => Record<string, unknown>

/** OpenAI's `/embeddings`, which many others speak as well. */
export function createOpenAiEmbedder(service: EmbeddingService, deps: HttpDeps, extras: Extras = () => ({})): Embedder {
  const { id, model, apiKey } = service
  const baseUrl = withVersion(service.baseUrl)
  const client = embeddingClient({ ...service, baseUrl }, apiKey ? { authorization: `Bearer ${apiKey}` } : {}, deps)
  return {
    provider: id,
    model,
    embed: (texts, purpose, signal) =>
      client.ask('/embeddings', { model, input: texts, ...extras(purpose) }, texts.length, readVectors, signal),
  }
}

function readVectors(answer: unknown): Float32Array[] {
  const { data } = answer as { data: { embedding: number[]; index?: number }[] }
  return data
    .map(({ embedding, index }, at) => ({ vector: ofLengthOne(embedding), index: index ?? at }))
    .sort((a, b) => a.index - b.index)
    .map(({ vector }) => vector)
}
