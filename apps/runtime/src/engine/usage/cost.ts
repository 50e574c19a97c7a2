import type { Usage } from '@loomcycle/proto'
import type { Price } from '../../ground/config/config.ts'

/** In millionths of the currency, and what is left in millionths of those: whole numbers, so that sums stay exact. */
export interface Cost {
  currency: string
  micros: number
  picos: number
}

export const perMicro = 1_000_000n

export interface PricedCall {
  provider: string
  /** As the service calls it. */
  model: string
  /** As it was asked for. */
  asked?: string | undefined
  usage: Usage
}

/** What a call costs at the prices of now; undefined where it has tokens that have none. */
export function costOf(pricing: Readonly<Record<string, Price>>, call: PricedCall): Cost | undefined {
  const { provider, model, asked, usage } = call
  const price = priceOf(pricing, `${provider}/${model}`) ?? (asked && priceOf(pricing, `${provider}/${asked}`))
  if (!price) return undefined
  const kinds = [
    [usage.input_tokens, price.input],
    [usage.output_tokens, price.output],
    [usage.cache_creation_input_tokens, price.cacheCreation],
    [usage.cache_read_input_tokens, price.cacheRead],
  ] as const
  let picos = 0n
  for (const [tokens, each] of kinds) {
    if (!tokens) continue
    if (each === undefined) return undefined
    picos += BigInt(tokens) * BigInt(each)
  }
  return { currency: price.currency, micros: Number(picos / perMicro), picos: Number(picos % perMicro) }
}

/** The exact name, or else the longest beginning that fits. */
function priceOf(pricing: Readonly<Record<string, Price>>, name: string): Price | undefined {
  const exact = pricing[name]
  if (exact) return exact
  let best = -1
  let found: Price | undefined
  for (const [pattern, price] of Object.entries(pricing)) {
    if (!pattern.endsWith('*') || pattern.length <= best || !name.startsWith(pattern.slice(0, -1))) continue
    best = pattern.length
    found = price
  }
  return found
}

/** The number that is nearest to what such sums come to. */
export function toAmount({ micros, picos }: Pick<Cost, 'micros' | 'picos'>): number {
  const all = BigInt(micros) * perMicro + BigInt(picos)
  const digits = all.toString().padStart(13, '0')
  return Number(`${digits.slice(0, -12)}.${digits.slice(-12)}`)
}
