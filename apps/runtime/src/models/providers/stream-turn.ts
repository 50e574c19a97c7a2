import { type Body, type HttpClient, readText } from './http.ts'
import { type ProviderEvent, ProviderFailure } from './provider.ts'
import { createSseParser, type SseMessage } from './sse.ts'

/** Turns a service's frames into our events. Pure: no clock, no socket. Throws `ProviderFailure`. */
export interface TurnReader {
  /** Takes one frame; the events of the last one end with `done`. */
  read(data: string): ProviderEvent[]
  /** The service closed the stream. */
  end(): ProviderEvent[]
}

/** Sends a request and plays the answer through a reader. Never throws; ends with exactly one `done` or `error`. */
export async function* streamTurn(
  http: HttpClient,
  path: string,
  makeBody: () => unknown,
  makeReader: () => TurnReader,
  signal: AbortSignal,
): AsyncGenerator<ProviderEvent, void> {
  try {
    const body = yield* http.post(path, makeBody(), signal)
    if (/^(text\/html|application\/json)\b/.test(body.contentType)) {
      const text = await readText(body, 4096)
      throw http.fail('permanent', `expected an event stream, got ${body.contentType}: ${text}`)
    }
    const reader = makeReader()
    for await (const messages of messagesOf(body)) {
      for (const { data } of messages) {
        for (const event of reader.read(data)) {
          yield event
          if (event.type === 'done') return
        }
      }
    }
    yield* reader.end()
  } catch (error) {
    yield { type: 'error', error: error instanceof ProviderFailure ? error : http.fail('retryable', describe(error)) }
  }
}

async function* messagesOf(body: Body): AsyncGenerator<SseMessage[], void> {
  const parser = createSseParser()
  for await (const chunk of body.chunks()) yield parser.push(chunk)
  yield parser.end()
}

function describe(error: unknown): string {
  return `the answer could not be read: ${error instanceof Error ? error.message : String(error)}`
}

export function parseFrame(data: string, fail: HttpClient['fail']): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data)
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Said below, together with JSON that is not an object.
  }
  throw fail('retryable', `unreadable frame: ${data}`)
}
