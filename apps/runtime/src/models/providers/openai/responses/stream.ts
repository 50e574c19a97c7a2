import type { HttpClient } from '../../http.ts'
import type { ModelRequest, ProviderEvent } from '../../provider.ts'
import { streamTurn } from '../../stream-turn.ts'
import { createToolNames } from '../../tools/tool-names.ts'
import { endsWithResult } from '../../turns.ts'
import type { Dialect } from '../dialect.ts'
import { createReader } from './from-stream.ts'
import { toRequest } from './to-request.ts'

/** OpenAI tells thoughts only to organisations whose identity it has verified, and refuses the others’ requests for them. */
const SUMMARIES_REFUSED = /verified to generate reasoning summaries|reasoning\.summary/i

/** A turn by OpenAI’s Responses. Once thoughts were refused, they are not asked for again. */
export function createResponses(id: string, http: HttpClient, dialect: Dialect) {
  let summaries = true

  const ask = (request: ModelRequest, signal: AbortSignal) => {
    const names = createToolNames(request.tools, request.messages)
    const mayBeEmpty = endsWithResult(request.messages)
    return streamTurn(
      http,
      '/responses',
      () => toRequest(request, names, dialect, summaries),
      () => createReader({ provider: id, fail: http.fail, fromWire: names.fromWire, mayBeEmpty }),
      signal,
    )
  }

  return async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent, void> {
    for await (const event of ask(request, signal)) {
      const isRefused =
        event.type === 'error' && event.error.status === 400 && SUMMARIES_REFUSED.test(event.error.message)
      if (isRefused && summaries) {
        summaries = false
        return yield* ask(request, signal)
      }
      yield event
    }
  }
}
