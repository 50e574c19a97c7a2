import { expect, it } from 'vitest'
import { inWords, toJson } from './json-text.ts'

const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown

it('is JSON, for reading where that helps', () => {
  expect(toJson({ a: [1] })).toBe('{"a":[1]}')
  expect(toJson({ a: [1] }, 2)).toBe('{\n  "a": [\n    1\n  ]\n}')
  expect(toJson(undefined)).toBe('')
})

it('does not indent what is deep, and names what is deeper than can be written', () => {
  expect(toJson(nested(100), 2)).toBe('['.repeat(100) + ']'.repeat(100))
  expect(toJson(nested(200_000), 2)).toBe('(nested too deeply to be shown)')
})

it('is words where there are some', () => {
  expect(inWords('a')).toBe('a')
  expect(inWords(['a', 2, null, { b: 1 }])).toBe('a, 2, null, {"b":1}')
  expect(inWords(nested(200_000))).toBe('(nested too deeply to be shown)')
})
