import { isObject } from '../tools/tool-input.ts'

/** What a frame says of the tokens of its turn so far. */
export function usageIn(metadata: unknown): Record<string, number> {
  if (!isObject(metadata)) return {}
  const of = (name: string) => (Number.isFinite(metadata[name]) ? (metadata[name] as number) : undefined)
  const read = of('promptTokenCount')
  const cached = of('cachedContentTokenCount')
  // This protocol counts what came from the cache among what was read, and thoughts apart from the answer.
  const counts = {
    input_tokens:
      read === undefined ? undefined : Math.max(read - (cached ?? 0), 0) + (of('toolUsePromptTokenCount') ?? 0),
    output_tokens: sum(of('candidatesTokenCount'), of('thoughtsTokenCount')),
    cache_read_input_tokens: cached,
  }
  return Object.fromEntries(Object.entries(counts).filter((entry): entry is [string, number] => entry[1] !== undefined))
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0)
}
