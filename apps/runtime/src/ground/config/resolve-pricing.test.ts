import { expect, it } from 'vitest'
import { resolvePricing } from './resolve-pricing.ts'

it('has prices in whole millionths, in dollars unless it says otherwise', () => {
  const pricing = resolvePricing({
    pricing: {
      'openai/gpt-4.1': { input: 2, output: 8, cache_read: 0.018_75 },
      'mistral/*': { input: 0.1, output: 0.3, currency: 'EUR' },
    },
  })
  expect(pricing['openai/gpt-4.1']).toMatchObject({
    ...{ currency: 'USD', input: 2_000_000, output: 8_000_000, cacheRead: 18_750 },
  })
  expect(pricing['mistral/*']).toMatchObject({ currency: 'EUR', input: 100_000, output: 300_000 })
})

it('refuses what names no model, and what is more exact than it can be', () => {
  expect(() => resolvePricing({ pricing: { 'gpt-4.1': { input: 2 } } })).toThrow('pricing.gpt-4.1 names no model')
  expect(() => resolvePricing({ pricing: { 'a/b': { input: 0.000_000_1 } } })).toThrow('write six decimals at most')
  expect(() => resolvePricing({ pricing: { 'op*ai/b': { input: 2 } } })).toThrow('names no model')
  expect(() => resolvePricing({ pricing: { 'a/b': { input: Number.POSITIVE_INFINITY } } })).toThrow(
    '1000000000 at most',
  )
})
