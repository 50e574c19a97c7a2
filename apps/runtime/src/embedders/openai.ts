import { createHttpClient, type HttpDeps, readText } from '../providers/http.ts'
import { withVersion } from '../providers/openai/service.ts'
import { type Embedder, type EmbedPurpose, ofLengthOne } from './embedder.ts'

export interface EmbeddingService {
  /** As stored beside the vectors, and as errors name it. */
  id: string
  model: string
  baseUrl: string
  apiKey?: string
  /** What this service wants to be told besides. */
  extras?(purpose: EmbedPurpose): Record<string, unknown>
}

const MAX_ANSWER_BYTES = 64 * 1024 * 1024

/** OpenAI's `/embeddings`, which many others speak as well. */
export function createOpenAiEmbedder(service: EmbeddingService, deps: HttpDeps): Embedder {
  const { id, model, apiKey, extras } = service
  const http = createHttpClient(
    {
      id,
      baseUrl: withVersion(service.baseUrl),
      headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
      ...(apiKey && { secret: apiKey }),
    },
    deps,
  )
  return {
    provider: id,
    model,
    async embed(texts, purpose, signal) {
      const exchange = http.post('/embeddings', { model, input: texts, ...extras?.(purpose) }, signal)
      let step = await exchange.next()
      while (!step.done) step = await exchange.next()
      const answer = await readText(step.value, MAX_ANSWER_BYTES)
      const vectors = vectorsIn(answer, texts.length)
      if (!vectors) throw http.fail('permanent', `expected ${texts.length} embeddings, got: ${answer.slice(0, 200)}`)
      return vectors
    },
  }
}

function vectorsIn(answer: string, count: number): Float32Array[] | undefined {
  try {
    const { data } = JSON.parse(answer) as { data: { embedding: number[]; index?: number }[] }
    const vectors = data
      .map(({ embedding, index }, at) => ({ vector: ofLengthOne(embedding), index: index ?? at }))
      .sort((a, b) => a.index - b.index)
      .map(({ vector }) => vector)
    const sameLength = vectors.every(({ length }) => length > 0 && length === vectors[0]!.length)
    return vectors.length === count && sameLength && vectors.every(isSound) ? vectors : undefined
  } catch {
    return undefined
  }
}

function isSound(vector: Float32Array): boolean {
  return vector.every(Number.isFinite)
}
