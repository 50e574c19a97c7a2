import { ConfigError, type Price } from './config.ts'
import type { ConfigFile, PriceFields } from './config-file.ts'

/** What tokens cost, as a file says it. Throws a `ConfigError` for a name that is none and for a price that is too fine. */
export function resolvePricing({ pricing = {} }: Pick<ConfigFile, 'pricing'>): Readonly<Record<string, Price>> {
  const prices: Record<string, Price> = Object.create(null)
  for (const [name, fields] of Object.entries(pricing)) {
    if (!/^(?:[^/*]+\/[^*]+|[^*]*\*)$/.test(name)) {
      throw new ConfigError(
        `pricing.${name} names no model; it is a service and its model, as openai/gpt-4.1, or the beginning of that with a * behind it.`,
      )
    }
    prices[name] = toPrice(fields, `pricing.${name}`)
  }
  return prices
}

function toPrice({ currency = 'USD', input, output, cache_creation, cache_read }: PriceFields, at: string): Price {
  const kinds = { input, output, cacheCreation: cache_creation, cacheRead: cache_read }
  return {
    currency,
    ...Object.fromEntries(Object.entries(kinds).map(([kind, price]) => [kind, inMillionths(price, at)])),
  }
}

/** In whole millionths it is still exact. */
const mostPrice = 1e9

function inMillionths(price: number | undefined, at: string): number | undefined {
  if (price === undefined) return undefined
  if (price > mostPrice) throw new ConfigError(`${at} has the price ${price}; it is ${mostPrice} at most.`)
  const millionths = Math.round(price * 1e6)
  if (Number.isSafeInteger(millionths) && millionths / 1e6 === price) return millionths
  throw new ConfigError(
    `${at} has the price ${price}, which is more exact than a millionth; write six decimals at most.`,
  )
}
