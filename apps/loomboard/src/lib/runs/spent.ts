import type { wire } from '@loomcycle/client'
import { formatCount } from '../format.ts'

/** What a run has taken so far, in tokens. Nothing while it has taken none. */
export function spentInWords(usage: Partial<wire.AgentUsage> | undefined): string {
  if (!usage) return ''
  const { input_tokens = 0, output_tokens = 0, cache_creation_tokens = 0, cache_read_tokens = 0 } = usage
  const tokens = input_tokens + output_tokens + cache_creation_tokens + cache_read_tokens
  return tokens === 0 ? '' : `${formatCount(tokens)} tokens`
}

/** Of several runs together. */
export function addUsage(all: readonly (Partial<wire.AgentUsage> | undefined)[]): Partial<wire.AgentUsage> {
  const sum = { input_tokens: 0, output_tokens: 0, cache_creation_tokens: 0, cache_read_tokens: 0 }
  for (const usage of all) {
    for (const kind of Object.keys(sum) as (keyof typeof sum)[]) sum[kind] += usage?.[kind] ?? 0
  }
  return sum
}
