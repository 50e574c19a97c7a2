import { expect, it } from 'vitest'
import { formatBytes } from './format.ts'

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 KB'],
  [1024, '1 KB'],
  [999_499, '999 KB'],
  [999_500, '1.0 MB'],
  [1_500_000, '1.5 MB'],
  [999_949_999, '999.9 MB'],
  [999_950_000, '1.0 GB'],
  [2_600_000_000, '2.6 GB'],
])('%d bytes are %s: in thousands, and never a thousand of a unit', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words)
})
