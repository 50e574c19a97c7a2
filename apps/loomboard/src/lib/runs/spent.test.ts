import { expect, it } from 'vitest'
import { addUsage, spentInWords } from './spent.ts'

it('what a run has taken counts every token it was charged for, cached ones included', () => {
  expect(spentInWords({ input_tokens: 100, output_tokens: 20 })).toBe('120 tokens')
  expect(
    spentInWords({ input_tokens: 100, output_tokens: 20, cache_creation_tokens: 1000, cache_read_tokens: 380 }),
  ).toBe('1.5K tokens')
  expect(spentInWords({ input_tokens: 0, output_tokens: 0 })).toBe('')
  expect(spentInWords(undefined)).toBe('')
})

it('what several runs have taken is all of it, of those that say nothing as well', () => {
  const one = { input_tokens: 100, output_tokens: 20, cache_read_tokens: 5 }
  expect(spentInWords(addUsage([one, undefined, { ...one, cache_creation_tokens: 50 }]))).toBe('300 tokens')
})
