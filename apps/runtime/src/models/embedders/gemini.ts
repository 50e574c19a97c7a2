import { geminiAddress } from '../providers/gemini/address.ts'
import type { HttpDeps } from '../providers/http.ts'
import { type CountingEmbedder, type Embeddings, embedderOf, ofLengthOne } from './embedder.ts'
import { type EmbeddingService, embeddingClient, tokensIn } from './service.ts'

/** What Google takes in one request. */
export const GEMINI_BATCH = 100

/** Google's `batchEmbedContents`. */
export function createGeminiEmbedder(service: EmbeddingService, deps: HttpDeps): CountingEmbedder {
  const { id, model, apiKey } = service
  const client = embeddingClient(
    { ...service, baseUrl: geminiAddress(service.baseUrl) },
    apiKey ? { 'x-goog-api-key': apiKey } : {},
    deps,
  )
  const name = `models/${model}`
  return embedderOf(id, model, (texts, { purpose, dimensions }, signal) => {
    const how = {
      ...(purpose && { taskType: purpose === 'find' ? 'RETRIEVAL_QUERY' : 'RETRIEVAL_DOCUMENT' }),
      ...(dimensions && { outputDimensionality: dimensions }),
    }
    const requests = texts.map((text) => ({ model: name, content: { parts: [{ text }] }, ...how }))
    return client.ask(`/${name}:batchEmbedContents`, { requests }, texts.length, readAnswer, signal)
  })
}

function readAnswer(answer: unknown): Embeddings {
  const { embeddings, usageMetadata } = answer as {
    embeddings: { values: number[] }[]
    usageMetadata?: { promptTokenCount?: unknown } | null
  }
  const vectors = embeddings.map(({ values }) => ofLengthOne(values))
  return { vectors, tokens: tokensIn(usageMetadata?.promptTokenCount) }
}
