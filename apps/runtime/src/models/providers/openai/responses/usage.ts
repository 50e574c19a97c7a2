import { isObject } from '../../tools/tool-input.ts'

/** What a response says of its tokens. */
export function usageIn(usage: unknown): Record<string, number> {
  if (!isObject(usage)) return {}
  const details = isObject(usage.input_tokens_details) ? usage.input_tokens_details : {}
  const read = count(usage.input_tokens)
  const cached = count(details.cached_tokens)
  // This protocol counts what came from the cache among what was read.
  const counts = {
    input_tokens: read === undefined ? undefined : Math.max(read - (cached ?? 0), 0),
    output_tokens: count(usage.output_tokens),
    cache_read_input_tokens: cached,
  }
  return Object.fromEntries(Object.entries(counts).filter((entry): entry is [string, number] => entry[1] !== undefined))
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
