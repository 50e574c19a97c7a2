import { createHttpClient, type HttpDeps } from '../http.ts'
import { listIds } from '../list-models.ts'
import { isLocalAddress } from '../local-address.ts'
import type { Provider } from '../provider.ts'
import { streamTurn } from '../stream-turn.ts'
import { createToolNames } from '../tools/tool-names.ts'
import { endsWithResult } from '../turns.ts'
import { askContextWindow } from './context-window.ts'
import { createReader } from './from-stream.ts'
import { capabilities, preferredModel, withoutThinking } from './models.ts'
import { type Service, serviceOf, withVersion } from './service.ts'
import { toRequest } from './to-request.ts'

export interface OpenAiOptions {
  /** Name of the service in error texts and usage. */
  id?: string
  apiKey?: string
  /** The setting that holds the key. */
  keyVariable?: string
  baseUrl?: string
  /** Told from the base URL's host unless given. */
  service?: Service
  /** Told from the base URL's host unless given. */
  isLocal?: boolean
}

/** OpenAI's chat completions, and every service that speaks them. */
export function createOpenAi(options: OpenAiOptions, deps: HttpDeps = {}): Provider {
  const id = options.id ?? 'openai'
  const baseUrl = options.baseUrl || 'https://api.openai.com'
  const service = options.service ?? serviceOf(baseUrl)
  const secret = options.apiKey?.trim()
  const http = createHttpClient(
    {
      id,
      baseUrl: withVersion(baseUrl),
      headers: secret ? { authorization: `Bearer ${secret}` } : {},
      secret,
      keyVariable: options.keyVariable,
      isLocal: options.isLocal ?? isLocalAddress(baseUrl),
    },
    deps,
  )
  return {
    id,
    stream(request, signal) {
      const names = createToolNames(request.tools, request.messages)
      const mayBeEmpty = endsWithResult(request.messages)
      return streamTurn(
        http,
        '/chat/completions',
        () => toRequest(request, names, service),
        () => createReader({ provider: id, fail: http.fail, fromWire: names.fromWire, mayBeEmpty }),
        signal,
      )
    },
    listModels: async (signal) => listIds(await http.getJson('/models', signal), http.fail),
    capabilities: (model) => capabilities(service, model),
    withoutThinking: (model) => withoutThinking(service, model),
    // Of the others it is known, and they do not say.
    ...(service === 'compatible' ? { contextWindow: (model, signal) => askContextWindow(http, model, signal) } : {}),
    preferredModel(models) {
      const model = preferredModel(models)
      if (model === undefined) throw http.fail('permanent', 'the service offers no models')
      return model
    },
  }
}
