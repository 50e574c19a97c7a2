import { expect, it } from 'vitest'
import { isComposing } from './composing.ts'

it.each([
  ['while a word is composed', { isComposing: true, keyCode: 13 }, true],
  ['that ends composing in Safari', { isComposing: false, keyCode: 229 }, true],
  ['like any other', { isComposing: false, keyCode: 13 }, false],
])('a key %s', (_, event, composing) => {
  expect(isComposing(event)).toBe(composing)
})
