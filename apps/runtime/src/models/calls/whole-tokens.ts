import type { Usage } from '@loomcycle/proto'

/** No service has ever counted more in a call. */
const mostTokens = 1e12

/** What a service says may be anything; what is told and added up is whole tokens. */
export function wholeTokens(usage: Usage): Usage {
  const whole = (tokens = 0) => Math.min(Math.max(Math.trunc(tokens) || 0, 0), mostTokens)
  return {
    ...usage,
    input_tokens: whole(usage.input_tokens),
    output_tokens: whole(usage.output_tokens),
    ...(usage.cache_creation_input_tokens !== undefined && {
      cache_creation_input_tokens: whole(usage.cache_creation_input_tokens),
    }),
    ...(usage.cache_read_input_tokens !== undefined && {
      cache_read_input_tokens: whole(usage.cache_read_input_tokens),
    }),
  }
}
