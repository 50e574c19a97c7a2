import { expect, it } from 'vitest'
import { spentInWords } from './spent.ts'

it('what a run has taken counts every token it was charged for, cached ones included', () => {
  expect(spentInWords({ input_tokens: 100, output_tokens: 20 })).toBe('120 tokens')
  expect(
    spentInWords({ input_tokens: 100, output_tokens: 20, cache_creation_tokens: 1000, cache_read_tokens: 380 }),
  ).toBe('1.5K tokens')
  expect(spentInWords({ input_tokens: 0, output_tokens: 0 })).toBe('')
  expect(spentInWords(undefined)).toBe('')
})
