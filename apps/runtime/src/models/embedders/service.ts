import { systemClock } from '../../ground/clock.ts'
import { createHttpClient, type HttpDeps, readText } from '../providers/http.ts'
import { retried } from '../providers/retries.ts'

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
    read: (answer: unknown) => Float32Array[],
    signal: AbortSignal,
  ): Promise<Float32Array[]>
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
      const vectors = soundVectors(answer, count, read)
      if (!vectors) throw http.fail('permanent', `expected ${count} embeddings, got: ${answer.slice(0, 200)}`)
      return vectors
    },
  }
}

function soundVectors(answer: string, count: number, read: (answer: unknown) => Float32Array[]) {
  try {
    const vectors = read(JSON.parse(answer))
    const sameLength = vectors.every(({ length }) => length > 0 && length === vectors[0]!.length)
    return vectors.length === count && sameLength && vectors.every(isSound) ? vectors : undefined
  } catch {
    return undefined
  }
}

function isSound(vector: Float32Array): boolean {
  return vector.every(Number.isFinite)
}
