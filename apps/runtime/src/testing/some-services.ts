import {
  type FailureClass,
  type FailureHints,
  type ModelRequest,
  type Provider,
  ProviderFailure,
} from '../models/providers/provider.ts'

/** What a model of such a service does when it is asked; it answers with its name unless told otherwise. */
export type Answering = (request: ModelRequest, asked: number) => undefined | string | ProviderFailure

export interface SomeService extends Provider {
  /** In order; each a copy. */
  readonly asked: ModelRequest[]
  /** How often it was asked for its models. */
  listed: number
  answering: Answering
  /** What listing its models says; an `Error` fails. */
  models: string[] | Error
}

const usage = { input_tokens: 1, output_tokens: 1 }

/** A model service in memory, which may be told to fail while it is in use. */
export function someService(
  id: string,
  more: Partial<Provider> & { answering?: Answering; models?: string[] } = {},
): SomeService {
  const { answering = () => undefined, models = ['m'], ...provider } = more
  const service: SomeService = {
    id,
    asked: [],
    listed: 0,
    answering,
    models,
    async listModels() {
      service.listed++
      if (service.models instanceof Error) throw service.models
      return service.models
    },
    preferredModel: ([first]) => first!,
    capabilities: () => ({ thinking: true, vision: true }),
    async *stream(request) {
      service.asked.push(structuredClone(request))
      const said = service.answering(request, service.asked.length)
      if (said instanceof ProviderFailure) return yield { type: 'error', error: said }
      yield { type: 'text', text: said ?? `${id}/${request.model} ` }
      yield { type: 'done', stop_reason: 'end_turn', usage, reasoning: `thought of ${id}` }
    },
    ...provider,
  }
  return service
}

export function failure(
  provider: string,
  status: number | undefined,
  failureClass: FailureClass = 'retryable',
  hints: FailureHints = {},
): ProviderFailure {
  return new ProviderFailure(provider, failureClass, 'it is overloaded', status, hints)
}
