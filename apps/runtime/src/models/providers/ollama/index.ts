import { withPath } from '../base-url.ts'
import { createHttpClient, type HttpDeps, type Patience } from '../http.ts'
import { capabilities as guessed, preferredModel } from '../openai/models.ts'
import type { Provider, ProviderEvent } from '../provider.ts'
import { streamTurn } from '../stream-turn.ts'
import { createToolNames } from '../tools/tool-names.ts'
import { endsWithResult } from '../turns.ts'
import { AboutModels, modelsIn } from './about-models.ts'
import { advised } from './advice.ts'
import { createReader } from './from-stream.ts'
import { leftOut, toRequest } from './to-request.ts'

export interface OllamaOptions {
  /** Name of the service in error texts and usage. */
  id: string
  baseUrl: string
  apiKey?: string
  /** The setting that holds the key. */
  keyVariable?: string
  isLocal: boolean
  /** Somebody else loads the models. */
  isCloud: boolean
  /** Tokens that models are loaded with; as the server is set up unless given. */
  contextTokens?: number
  /** The setting of those. */
  contextVariable: string
  patience?: Patience
}

/** Ollama's own protocol. */
export function createOllama(options: OllamaOptions, deps: HttpDeps = {}): Provider {
  const { id, isCloud, isLocal, contextTokens, contextVariable, keyVariable, patience } = options
  const secret = options.apiKey?.trim()
  const http = createHttpClient(
    {
      id,
      baseUrl: withoutProtocol(options.baseUrl),
      headers: secret ? { authorization: `Bearer ${secret}` } : {},
      secret,
      keyVariable,
      isLocal,
      ...(patience && { patience }),
    },
    deps,
  )
  const models = new AboutModels(http, { isCloud, clock: deps.clock, ...(contextTokens && { contextTokens }) })

  const capabilities = (model: string) => {
    const { thinks, sees } = models.known(model) ?? {}
    const guess = guessed('compatible', model)
    return { thinking: thinks ?? guess.thinking, vision: sees ?? guess.vision }
  }

  return {
    id,
    async *stream(request, signal): AsyncGenerator<ProviderEvent, void> {
      const { model } = request
      const names = createToolNames(request.tools, request.messages)
      const offered = new Set(request.tools.map((tool) => names.toWire(tool.name)))
      const mayBeEmpty = endsWithResult(request.messages)
      const about = signal.aborted ? undefined : await models.about(model, signal)
      const abilities = {
        // It refuses the word where the model does not think, so that a guess will not do.
        thinks: about?.thinks ?? false,
        hasLevels: about?.hasLevels ?? false,
        sees: capabilities(model).vision,
        ...(contextTokens && { contextTokens }),
      }
      const events = streamTurn(
        http,
        '/api/chat',
        () => toRequest(request, names, abilities),
        () => createReader({ provider: id, fail: http.fail, fromWire: names.fromWire, offered, mayBeEmpty }),
        signal,
        'lines',
      )
      for await (const event of events) {
        if (event.type === 'error' && !isCloud) yield { ...event, error: advised(event.error, model, contextVariable) }
        else if (event.type === 'done') yield await withWindow(event, model, signal)
        else yield event
      }
    },
    listModels: async (signal) => {
      const answer = await http.getJson('/api/tags', signal)
      if (!isList(answer)) throw http.fail('permanent', 'the list of models could not be read')
      return modelsIn(answer).map(({ name }) => name)
    },
    // What is not there has to be pulled first; models of others have sizes that are nobody's, and are always loaded.
    ...(isCloud ? {} : { listsAll: true, describeModels: (signal) => models.notes(signal) }),
    capabilities,
    leftOut: (request) => leftOut(request, { thinks: models.known(request.model)?.thinks ?? false }),
    contextWindow: (model, signal) => models.window(model, signal),
    preferredModel(all) {
      const talking = all.filter((model) => models.known(model)?.talks !== false)
      // What only passes questions on is chosen by somebody, or not at all.
      const near = talking.filter((model) => isCloud || !/[:-]cloud$/.test(model))
      const model = preferredModel(near.length > 0 ? near : talking)
      if (model === undefined) throw http.fail('permanent', 'the service offers no models')
      return model
    },
  }

  /** The model is loaded now, so that its window is known. */
  async function withWindow<E extends Extract<ProviderEvent, { type: 'done' }>>(
    event: E,
    model: string,
    signal: AbortSignal,
  ): Promise<E> {
    const window = await models.window(model, signal)
    return window === undefined ? event : { ...event, usage: { ...event.usage, max_context_tokens: window } }
  }
}

/** People write the address of either protocol, or copy where a request goes. */
function withoutProtocol(baseUrl: string): string {
  return withPath(baseUrl, (address) => address.replace(/\/(v1(\/chat\/completions)?|api(\/(chat|generate))?)$/, ''))
}

function isList(answer: unknown): boolean {
  const models = (answer as { models?: unknown } | null)?.models
  // Without a single model it answers null.
  return models === null || Array.isArray(models)
}
