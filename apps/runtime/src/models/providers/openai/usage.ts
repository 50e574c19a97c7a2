import { isObject } from '../tools/tool-input.ts'

type Json = Record<string, unknown>

/** What a frame says of the tokens of its turn: beside the choices, in one (Moonshot), or in Groq's own member. */
export function usageIn(frame: Json, choice: Json | undefined): Record<string, number> {
  const groq = isObject(frame.x_groq) ? frame.x_groq.usage : undefined
  const usage = [frame.usage, choice?.usage, groq].find(isObject)
  return usage ? countsOf(usage) : {}
}

function countsOf(usage: Json): Record<string, number> {
  const details = isObject(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {}
  const prompt = count(usage.prompt_tokens)
  // LiteLLM has Anthropic's names besides, DeepSeek and Moonshot have their own.
  const read =
    count(details.cached_tokens) ??
    count(usage.cache_read_input_tokens) ??
    count(usage.prompt_cache_hit_tokens) ??
    count(usage.cached_tokens)
  const kept = count(details.cache_write_tokens) ?? count(usage.cache_creation_input_tokens)
  const counts = {
    // This protocol counts what came from the cache among what was read.
    input_tokens: prompt === undefined ? undefined : Math.max(prompt - (read ?? 0) - (kept ?? 0), 0),
    output_tokens: count(usage.completion_tokens),
    cache_read_input_tokens: read,
    cache_creation_input_tokens: kept,
    provider_reported_cost: count(usage.cost),
  }
  // Counts that stand in every frame are nothing in the last one with some.
  const isNothing = !prompt && !counts.output_tokens
  return Object.fromEntries(
    Object.entries(counts).filter((entry): entry is [string, number] => entry[1] !== undefined && !isNothing),
  )
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
