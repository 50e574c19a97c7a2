import { expect, it } from 'vitest'
import { inOneGo } from './in-slices.ts'
import { jsonInPieces } from './json-pieces.ts'

it('comes to what JSON.stringify makes of a value', () => {
  const values = [
    null,
    'text',
    '',
    [],
    {},
    [1, -0.5, true, null, undefined],
    { a: undefined, b: [{ 'c"\n': [[]] }], d: {} },
    Array.from({ length: 1000 }, (_, n) => ({ n, text: `edge ${n}`, none: undefined, to: n % 2 ? null : { n } })),
    Array.from({ length: 60 }, (_, n) => (n % 3 ? n : undefined)),
    {
      long: 'a "quoted" sentence\\\n'.repeat(20_000),
      other: ['\u{1f9f5}'.repeat(100_000), `x${'\u{1f9f5}'.repeat(100_000)}`],
    },
    `${'x'.repeat(64 * 1024 - 1)}\ud83e`,
    `${'x'.repeat(64 * 1024)}\udd75alone`,
  ]
  for (const value of values) expect(inOneGo(jsonInPieces(value))).toBe(JSON.stringify(value))
})
