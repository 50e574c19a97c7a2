import type { Clock } from '../../ground/clock.ts'
import type { EmbedderSettings } from '../../ground/config/config.ts'
import { type CountingEmbedder, type Embeddings, type EmbedOptions, embedderOf } from './embedder.ts'
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
): CountingEmbedder {
  if (provider === 'stub') return createStubEmbedder(model)
  const http = { ...deps, headerTimeoutMs: timeoutMs, idleTimeoutMs: timeoutMs }
  const service = { id: provider, model, baseUrl: baseUrl ?? homes[provider], ...(apiKey && { apiKey }) }
  switch (provider) {
    case 'gemini':
      return inBatches(createGeminiEmbedder(service, http), Math.min(batchSize, GEMINI_BATCH))
    case 'voyage':
      return inBatches(createOpenAiEmbedder(service, http, voyageWords), batchSize)
    default:
      return inBatches(createOpenAiEmbedder(service, http), batchSize)
  }
}

function voyageWords({ purpose, dimensions }: EmbedOptions) {
  return {
    ...(purpose && { input_type: purpose === 'find' ? 'query' : 'document' }),
    ...(dimensions && { output_dimension: dimensions }),
  }
}

function inBatches({ provider, model, ask }: CountingEmbedder, size: number): CountingEmbedder {
  return embedderOf(provider, model, async (texts, how, signal) => {
    const all: Embeddings = { vectors: [], tokens: undefined }
    for (let at = 0; at < texts.length; at += size) {
      const { vectors, tokens } = await ask(texts.slice(at, at + size), how, signal)
      for (const vector of vectors) all.vectors.push(vector)
      if (tokens !== undefined) all.tokens = (all.tokens ?? 0) + tokens
    }
    return all
  })
}
