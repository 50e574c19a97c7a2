import { expect, it } from 'vitest'
import { keyAfterPrefix } from './key-range.ts'

it('a prefix is of any length, and the key after it is the next there can be', () => {
  const long = 'k'.repeat(300_000)
  expect(keyAfterPrefix(`${long}a`)).toBe(`${long}b`)
  expect(keyAfterPrefix(`${long}\u{10ffff}`)).toBe(`${long.slice(1)}l`)
  expect(keyAfterPrefix('😀\ud7ff')).toBe('😀\ue000')
  expect(keyAfterPrefix('\u{10ffff}')).toBeUndefined()
})
