import { expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { parseJson } from './json.ts'

it('is the same in whatever order members come, at every depth, and differs in the order of items', () => {
  const text = '{"a":{"10":1,"9":1152921504606846976},"b":[{"x":[],"y":1},null]}'
  const turned = '{"b":[{"y":1,"x":[]},null],"a":{"9":1152921504606846976,"10":1}}'
  const reversed = '{"a":{"10":1,"9":1152921504606846976},"b":[null,{"x":[],"y":1}]}'
  expect([text, turned, reversed].map((one) => canonicalJson(parseJson(one)))).toEqual([text, text, reversed])
  expect(canonicalJson({ b: 1, none: undefined, a: 2 })).toBe('{"a":2,"b":1}')
})

it('is JSON of the same value', () => {
  const value = {
    text: 'a "quoted" word\ud83e',
    long: '\u{1f9f5}'.repeat(100_000),
    empty: {},
    list: [[], [true, -0.5]],
  }
  expect(JSON.parse(canonicalJson(value))).toEqual(value)
})
