import type { ModelRequest, Provider } from '../../models/providers/provider.ts'

/** What of a request has no effect, one sentence each. */
export function warningsFor(
  provider: Pick<Provider, 'id' | 'leftOut' | 'capabilities'>,
  request: ModelRequest,
  ignored: readonly string[],
): string[] {
  const { messages, model } = request
  const pictures = messages.some(({ content }) => content.some(({ type }) => type === 'image'))
  return [
    ...ignored.map((name) => `${name} has no effect here`),
    ...(provider.leftOut?.(request) ?? []).map(
      (name) => `${provider.id}/${model} cannot be told ${name}, which has no effect`,
    ),
    ...(pictures && !provider.capabilities(model).vision
      ? [`${provider.id}/${model} cannot look at pictures, and is told that there was one`]
      : []),
  ]
}
