import { createHttpClient, type HttpDeps } from '../http.ts'
import { isLocalAddress } from '../local-address.ts'
import type { ModelService } from '../model-service.ts'
import type { Provider } from '../provider.ts'
import { streamTurn } from '../stream-turn.ts'
import { createToolNames } from '../tools/tool-names.ts'
import { endsWithResult } from '../turns.ts'
import { windowIn } from '../window-in.ts'
import { geminiAddress } from './address.ts'
import { createReader } from './from-stream.ts'
import { listModels } from './list-models.ts'
import { capabilities, preferredModel } from './models.ts'
import { leftOut, toRequest } from './to-request.ts'

export const gemini: ModelService = {
  id: 'gemini',
  keyVariable: 'GEMINI_API_KEY',
  baseUrlVariable: 'GEMINI_BASE_URL',
  needs: 'key',
  create: ({ apiKey = '', baseUrl }, deps) => createGemini({ apiKey, baseUrl }, deps),
}

export interface GeminiOptions {
  apiKey: string
  baseUrl?: string | undefined
}

export function createGemini(options: GeminiOptions, deps: HttpDeps = {}): Provider {
  const { id, keyVariable } = gemini
  const secret = options.apiKey.trim()
  const baseUrl = geminiAddress(options.baseUrl)
  const http = createHttpClient(
    {
      id,
      baseUrl,
      isLocal: isLocalAddress(baseUrl),
      headers: { 'x-goog-api-key': secret },
      secret,
      keyVariable,
    },
    deps,
  )
  return {
    id,
    signsReasoning: true,
    stream(request, signal) {
      const names = createToolNames(request.tools, request.messages)
      const mayBeEmpty = endsWithResult(request.messages)
      return streamTurn(
        http,
        `${pathOf(request.model)}:streamGenerateContent?alt=sse`,
        () => toRequest(request, names),
        () => createReader({ provider: id, fail: http.fail, fromWire: names.fromWire, mayBeEmpty }),
        signal,
      )
    },
    listModels: (signal) => listModels(http, signal),
    capabilities,
    leftOut,
    contextWindow: async (model, signal) => windowIn(await http.getJson(pathOf(model), signal)),
    preferredModel(models) {
      const model = preferredModel(models)
      if (model === undefined) throw http.fail('permanent', 'the service offers no models')
      return model
    },
  }
}

/** The service itself calls them `models/…`. */
function pathOf(model: string): string {
  return `/models/${encodeURIComponent(model.replace(/^models\//, ''))}`
}
