import type { HttpDeps } from '../providers/http.ts'
import { withVersion } from '../providers/openai/service.ts'
import { type CountingEmbedder, type Embeddings, type EmbedOptions, embedderOf, ofLengthOne } from './embedder.ts'
import { type EmbeddingService, embeddingClient, tokensIn } from './service.ts'

/** What else is said, in the words of the service. */
export type Words = (how: EmbedOptions) => Record<string, unknown>

const usualWords: Words = ({ dimensions }) => (dimensions ? { dimensions } : {})

/** OpenAI's `/embeddings`, which many others speak as well. */
export function createOpenAiEmbedder(service: EmbeddingService, deps: HttpDeps, words = usualWords): CountingEmbedder {
  const { id, model, apiKey } = service
  const baseUrl = withVersion(service.baseUrl)
  const client = embeddingClient({ ...service, baseUrl }, apiKey ? { authorization: `Bearer ${apiKey}` } : {}, deps)
  return embedderOf(id, model, (texts, how, signal) =>
    client.ask('/embeddings', { model, input: texts, ...words(how) }, texts.length, readAnswer, signal),
  )
}

function readAnswer(answer: unknown): Embeddings {
  const { data, usage } = answer as {
    data: { embedding: number[]; index?: number }[]
    usage?: { prompt_tokens?: unknown; total_tokens?: unknown } | null
  }
  const vectors = data
    .map(({ embedding, index }, at) => ({ vector: ofLengthOne(embedding), index: index ?? at }))
    .sort((a, b) => a.index - b.index)
    .map(({ vector }) => vector)
  return { vectors, tokens: tokensIn(usage?.prompt_tokens ?? usage?.total_tokens) }
}
