import { ProviderFailure } from '../provider.ts'

const NO_MEMORY = /requires more (?:system|gpu) memory|out of memory|unable to allocate|resource limitations/i

/** The failure with what somebody can do about it, where the models are their own. */
export function advised(failure: ProviderFailure, model: string, contextVariable: string): ProviderFailure {
  const { status, failureClass, message } = failure
  if (failureClass === 'deprecated' && status === 404) {
    return failure.withNote(`run \`ollama pull ${model}\` where it runs, or choose a model that it has`)
  }
  if (failureClass === 'retryable' && NO_MEMORY.test(message)) {
    const advice = `use a smaller model, or a smaller window by ${contextVariable}, or let go of what else is loaded`
    return final(failure.withNote(advice))
  }
  if (status === 401) return failure.withNote('run `ollama signin` where it runs, for models that run elsewhere')
  return failure
}

/** There is no more memory the next time, and each time it is loaded anew. */
function final({ provider, failureClass, message, status, hints }: ProviderFailure): ProviderFailure {
  const failure = new ProviderFailure(provider, failureClass, '', status, { ...hints, final: true })
  failure.message = message
  return failure
}
