import type { Quirks } from '../../../ground/config/model-services.ts'
import { createHttpClient, type HttpDeps } from '../http.ts'
import { listIds } from '../list-models.ts'
import { isLocalAddress } from '../local-address.ts'
import type { Provider } from '../provider.ts'
import { streamTurn } from '../stream-turn.ts'
import { createToolNames } from '../tools/tool-names.ts'
import { endsWithResult } from '../turns.ts'
import { askContextWindow } from './context-window.ts'
import { dialectCapabilities, speaksResponses } from './dialect.ts'
import { createReader } from './from-stream.ts'
import { preferredModel, withoutThinking } from './models.ts'
import { createResponses } from './responses/stream.ts'
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
  /** Sent with each request besides the key; nobody may see what is in them. */
  headers?: Readonly<Record<string, string>>
  quirks?: Quirks
}

/** OpenAI's chat completions, and every service that speaks them; for models that reason, its Responses. */
export function createOpenAi(options: OpenAiOptions, deps: HttpDeps = {}): Provider {
  const id = options.id ?? 'openai'
  const baseUrl = options.baseUrl || 'https://api.openai.com'
  const { headers = {}, quirks } = options
  const dialect = { service: options.service ?? serviceOf(baseUrl), ...(quirks && { quirks }) }
  const secret = options.apiKey?.trim()
  const http = createHttpClient(
    {
      id,
      baseUrl: withVersion(baseUrl),
      headers: { ...headers, ...(secret ? { authorization: `Bearer ${secret}` } : {}) },
      secret,
      otherSecrets: Object.values(headers),
      keyVariable: options.keyVariable,
      isLocal: options.isLocal ?? isLocalAddress(baseUrl),
    },
    deps,
  )
  const responses = createResponses(id, http, dialect)
  return {
    id,
    ...(dialect.service === 'openai' || quirks?.api ? { signsReasoning: true } : {}),
    stream(request, signal) {
      if (speaksResponses(dialect, request.model)) return responses(request, signal)
      const names = createToolNames(request.tools, request.messages)
      const mayBeEmpty = endsWithResult(request.messages)
      // Models of others know how to call, or are asked by servers that know how they do.
      const tools = dialect.service === 'compatible' ? request.tools : []
      const offered = new Set(tools.map((tool) => names.toWire(tool.name)))
      return streamTurn(
        http,
        '/chat/completions',
        () => toRequest(request, names, dialect),
        () =>
          createReader({
            ...{ provider: id, fail: http.fail, fromWire: names.fromWire, offered, mayBeEmpty },
            costCurrency: dialect.quirks?.costCurrency,
          }),
        signal,
      )
    },
    listModels: async (signal) => listIds(await http.getJson('/models', signal), http.fail),
    capabilities: (model) => dialectCapabilities(dialect, model),
    withoutThinking: (model) => withoutThinking(dialect.service, model),
    // Of the others it is known, and they do not say.
    ...(dialect.service === 'compatible'
      ? { contextWindow: (model, signal) => askContextWindow(http, model, signal) }
      : {}),
    preferredModel(models) {
      const model = preferredModel(models)
      if (model === undefined) throw http.fail('permanent', 'the service offers no models')
      return model
    },
  }
}
