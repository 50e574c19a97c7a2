import { describe, expect, it } from 'vitest'
import { inOneGo } from './in-slices.ts'
import { parseJson, readJson, readLongJson, toWholeNumber } from './json.ts'

const largest = 2 ** 53

describe('JSON', () => {
  it.each([
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '-9007199254740993',
    '123456789012345678901234567890',
    '[9223372036854775807,-9223372036854775808,1]',
    '{"a":{"b":[1,20261130123456789,"20261130123456789"]},"__proto__":{"n":18014398509481985}}',
    '{"n": 18014398509481985}',
  ])('keeps the digits of %s', (text) => {
    expect(JSON.stringify(parseJson(text))).toBe(text.replaceAll(' ', ''))
    expect(JSON.stringify(readJson(text))).toBe(text.replaceAll(' ', ''))
  })

  it('is read the same where it is long, wherever a piece of it ends', () => {
    for (let padding = 256 * 1024 - 30; padding < 256 * 1024; padding++) {
      const text = (value: string) => `{"padding":"${'x'.repeat(padding)}","is":${value}}`
      const read = (value: string) => inOneGo(readLongJson(text(value))) as { is: unknown }
      expect(read('9007199254740993').is).toBe(9007199254740993n)
      expect(read('"\\ud800"').is).toBe('\ufffd')
      expect(() => read('1e400')).toThrow('a number is larger')
    }
  })

  it('has a bigint only for what a number would round', () => {
    expect(
      parseJson(`[${largest - 1}, ${largest + 1}, 9007199254740993, 1e20, 0.12345678901234567890, "9007199254740993"]`),
    ).toEqual([largest - 1, 9007199254740992n, 9007199254740993n, 1e20, 0.12345678901234568, '9007199254740993'])
    expect([toWholeNumber(7n), toWholeNumber(9007199254740993n)]).toEqual([7, 9007199254740993n])
  })

  it.each(['1e400', '[-1e400]', `{"a":${'9'.repeat(310)}}`, `2${'0'.repeat(209)}e99`, `-9${'0'.repeat(250)}.5e60`])(
    'refuses %s from outside, which would be stored as null',
    (text) => {
      expect(() => readJson(text)).toThrow('a number is larger than 1.8e308')
    },
  )

  it.each([
    ['{"a":1,"a":2}', '{"a":2}'],
    ['{"a":1,"a":9007199254740993}', '{"a":9007199254740993}'],
    ['-0', '0'],
    ['{"__proto__":{"a":1},"b":"\\ud800"}', '{"__proto__":{"a":1},"b":"\ufffd"}'],
    ['{"__proto__":1,"__proto__":2}', '{"__proto__":2}'],
    ['1e308', '1e+308'],
  ])('reads %s as %s', (text, read) => {
    expect(JSON.stringify(readJson(text))).toBe(read)
    expect(({} as { a?: unknown }).a).toBeUndefined()
  })
})
