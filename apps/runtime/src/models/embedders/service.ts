import { systemClock } from '../../ground/clock.ts'
import { createHttpClient, type HttpDeps, readText } from '../providers/http.ts'
import { retried } from '../providers/retries.ts'
import type { Embeddings } from './embedder.ts'

export interface EmbeddingService {
  /** As stored beside the vectors, and as errors name it. */
  id: string
  model: string
  baseUrl: string
  apiKey?: string
}

export interface EmbeddingClient {
  /** Vectors for so many texts, read out of the JSON that the service answers. Throws a `ProviderFailure`. */
  ask(
    path: string,
    body: unknown,
    count: number,
    read: (answer: unknown) => Embeddings,
    signal: AbortSignal,
  ): Promise<Embeddings>
}

const MAX_ANSWER_BYTES = 64 * 1024 * 1024

export function embeddingClient(
  { id, baseUrl, apiKey }: EmbeddingService,
  headers: Record<string, string>,
  deps: HttpDeps,
): EmbeddingClient {
  const http = createHttpClient({ id, baseUrl, headers, ...(apiKey && { secret: apiKey }) }, deps)
  // Whoever embeds has other work to do: only a service that asks to be given time is waited for.
  const retries = { clock: deps.clock ?? systemClock, patienceMs: 0, attempts: 0 }
  return {
    async ask(path, body, count, read, signal) {
      const { chunks } = await retried(() => http.post(path, body, signal), signal, retries)
      const answer = await readText(chunks(), MAX_ANSWER_BYTES)
      const embeddings = soundEmbeddings(answer, count, read)
      if (!embeddings) throw http.fail('permanent', `expected ${count} embeddings, got: ${answer.slice(0, 200)}`)
      return embeddings
    },
  }
}

function soundEmbeddings(answer: string, count: number, read: (answer: unknown) => Embeddings) {
  try {
    const embeddings = read(JSON.parse(answer))
    const { vectors } = embeddings
    const sameLength = vectors.every(({ length }) => length > 0 && length === vectors[0]!.length)
    return vectors.length === count && sameLength && vectors.every(isSound) ? embeddings : undefined
  } catch {
    return undefined
  }
}

function isSound(vector: Float32Array): boolean {
  return vector.every(Number.isFinite)
}

export function tokensIn(count: unknown): number | undefined {
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}
