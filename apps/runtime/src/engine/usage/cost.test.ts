import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Price } from '../../ground/config/config.ts'
import { costOf, toAmount } from './cost.ts'

const price = (more: Partial<Price> = {}): Price => ({ currency: 'USD', input: 3_000_000, output: 15_000_000, ...more })
const usage = { input_tokens: 1_000_000, output_tokens: 0 }
const asked = (provider: string, model: string, more: object = {}) => ({ provider, model, usage, ...more })

it('is at the price of the exact name, or else of the longest beginning', () => {
  const pricing = {
    '*': price({ currency: 'AAA' }),
    'one/*': price({ currency: 'BBB' }),
    'one/large-*': price({ currency: 'CCC' }),
    'one/large-2': price({ currency: 'DDD' }),
  }
  const currency = (provider: string, model: string) => costOf(pricing, asked(provider, model))?.currency
  expect(currency('two', 'any')).toBe('AAA')
  expect(currency('one', 'small')).toBe('BBB')
  expect(currency('one', 'large-1')).toBe('CCC')
  expect(currency('one', 'large-2')).toBe('DDD')
  expect(costOf({ 'one/large-*': price() }, asked('one', 'small'))).toBeUndefined()
})

it('goes by the name that the service has for the model, and else by the one that was asked for', () => {
  const pricing = { 'one/large': price(), 'one/large-2026-11-01': price({ input: 1_000_000 }) }
  const call = asked('one', 'large-2026-11-01', { asked: 'large' })
  expect(toAmount(costOf(pricing, call)!)).toBe(1)
  expect(toAmount(costOf({ 'one/large': price() }, call)!)).toBe(3)
})

it('is none where one of its kinds of tokens has no price, and something where it has none of those', () => {
  const cached = { ...usage, cache_read_input_tokens: 1 }
  expect(costOf({ '*': price() }, { ...asked('one', 'm'), usage: cached })).toBeUndefined()
  expect(costOf({ '*': price({ cacheRead: 0 }) }, { ...asked('one', 'm'), usage: cached })).toBeDefined()
  expect(costOf({ '*': { currency: 'USD', input: 1 } }, asked('one', 'm'))).toBeDefined()
})

it('adds up to the last digit, however many calls there are', () => {
  const tokens = fc.nat({ max: 10_000_000 })
  fc.assert(
    fc.property(fc.array(fc.tuple(tokens, tokens), { maxLength: 50 }), fc.nat({ max: 99_999_999 }), (calls, input) => {
      const pricing = { '*': price({ input }) }
      const sum = { micros: 0, picos: 0 }
      let exact = 0n
      for (const [input_tokens, output_tokens] of calls) {
        const { micros, picos } = costOf(pricing, { ...asked('a', 'b'), usage: { input_tokens, output_tokens } })!
        sum.micros += micros
        sum.picos += picos
        exact += BigInt(input_tokens) * BigInt(input) + BigInt(output_tokens) * 15_000_000n
      }
      const digits = exact.toString().padStart(13, '0')
      expect(toAmount(sum)).toBe(Number(`${digits.slice(0, -12)}.${digits.slice(-12)}`))
    }),
  )
})
