import type { HttpClient } from '../http.ts'
import type { ModelRequest, ProviderEvent } from '../provider.ts'
import { streamTurn } from '../stream-turn.ts'
import { createToolNames } from '../tools/tool-names.ts'
import { endsWithResult } from '../turns.ts'
import type { Dialect } from './dialect.ts'
import { createReader } from './from-stream.ts'
import { RefusedMembers, withAdvice } from './refused-members.ts'
import { type OpenAiRequest, toRequest } from './to-request.ts'

/** A turn by chat completions. */
export function createChat(id: string, http: HttpClient, dialect: Dialect) {
  const refused = new RefusedMembers()
  /** Where somebody can say what the service takes otherwise. */
  const entry = dialect.quirks ? `providers.${id}` : 'an entry under providers'

  return async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent, void> {
    const names = createToolNames(request.tools, request.messages)
    const mayBeEmpty = endsWithResult(request.messages)
    // Models of others know how to call, or are asked by servers that know how they do.
    const tools = dialect.service === 'compatible' ? request.tools : []
    const offered = new Set(tools.map((tool) => names.toWire(tool.name)))
    let body: OpenAiRequest = {}
    const events = streamTurn(
      http,
      '/chat/completions',
      () => (body = refused.without(request.model, toRequest(request, names, dialect))),
      () =>
        createReader({
          ...{ provider: id, fail: http.fail, fromWire: names.fromWire, offered, mayBeEmpty },
          costCurrency: dialect.quirks?.costCurrency,
        }),
      signal,
    )
    for await (const event of events) {
      if (event.type !== 'error' || dialect.service !== 'compatible') yield event
      else if (refused.learn(request.model, body, event.error)) return yield* stream(request, signal)
      else yield { ...event, error: withAdvice(event.error, body, entry) }
    }
  }
}
