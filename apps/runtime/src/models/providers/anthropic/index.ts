import { withPath } from '../base-url.ts'
import { createHttpClient, type HttpDeps } from '../http.ts'
import { listIds } from '../list-models.ts'
import { isLocalAddress } from '../local-address.ts'
import type { ModelService } from '../model-service.ts'
import type { Provider } from '../provider.ts'
import { streamTurn } from '../stream-turn.ts'
import { createToolNames } from '../tools/tool-names.ts'
import { endsWithResult } from '../turns.ts'
import { windowIn } from '../window-in.ts'
import { createReader } from './from-stream.ts'
import { capabilities, preferredModel } from './models.ts'
import { leftOut, toRequest } from './to-request.ts'

export const anthropic: ModelService = {
  id: 'anthropic',
  keyVariable: 'ANTHROPIC_API_KEY',
  baseUrlVariable: 'ANTHROPIC_BASE_URL',
  needs: 'key',
  create: ({ apiKey = '', baseUrl }, deps) => createAnthropic({ apiKey, baseUrl }, deps),
}

/** With a token that somebody was given by OAuth, in place of a key. The runtime says there who it is, as anywhere. */
export const anthropicOauth: ModelService = {
  id: 'anthropic-oauth-dev',
  keyVariable: 'LOOMCYCLE_ANTHROPIC_OAUTH_DEV_TOKEN',
  needs: 'key',
  notes: {
    LOOMCYCLE_ANTHROPIC_OAUTH_DEV_TOKEN:
      'A bearer token of Anthropic’s OAuth, for development. It is not renewed, and one that was given to another program is refused by the service.',
  },
  create: ({ apiKey = '', baseUrl }, deps) => createAnthropic({ apiKey, baseUrl, isToken: true }, deps),
}

export interface AnthropicOptions {
  apiKey: string
  baseUrl?: string | undefined
  /** What there is instead of a key. */
  isToken?: boolean
}

export function createAnthropic(options: AnthropicOptions, deps: HttpDeps = {}): Provider {
  const { id, keyVariable } = options.isToken ? anthropicOauth : anthropic
  const secret = options.apiKey.trim()
  const credential: Record<string, string> = options.isToken
    ? { authorization: `Bearer ${secret}`, 'anthropic-beta': 'oauth-2025-04-20' }
    : { 'x-api-key': secret }
  const baseUrl = withoutVersion(options.baseUrl || 'https://api.anthropic.com')
  const http = createHttpClient(
    {
      id,
      baseUrl,
      isLocal: isLocalAddress(baseUrl),
      headers: { ...credential, 'anthropic-version': '2023-06-01' },
      secret,
      keyVariable,
    },
    deps,
  )
  return {
    id,
    signsReasoning: true,
    keepsPrompts: true,
    stream(request, signal) {
      const names = createToolNames(request.tools, request.messages)
      const mayBeEmpty = endsWithResult(request.messages)
      return streamTurn(
        http,
        '/v1/messages',
        () => toRequest(request, names),
        () => createReader({ provider: id, fail: http.fail, fromWire: names.fromWire, mayBeEmpty }),
        signal,
      )
    },
    listModels: async (signal) => listIds(await http.getJson('/v1/models?limit=1000', signal), http.fail),
    capabilities,
    leftOut: (request) => leftOut(request, createToolNames(request.tools, request.messages)),
    contextWindow: async (model, signal) =>
      windowIn(await http.getJson(`/v1/models/${encodeURIComponent(model)}`, signal)),
    preferredModel(models) {
      const model = preferredModel(models)
      if (model === undefined) throw http.fail('permanent', 'the service offers no models')
      return model
    },
  }
}

/** People write the address with it and without, or copy where a request goes. */
function withoutVersion(baseUrl: string): string {
  return withPath(baseUrl, (address) => address.replace(/\/v1(\/messages)?$/, ''))
}
