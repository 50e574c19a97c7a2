import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Column } from './columns.ts'
import { setWidth, withWidths } from './widths.ts'

const column = (key: string): Column => ({
  key: key as Column['key'],
  title: key,
  kind: 'text',
  options: [],
  width: 12,
})
const widthsOf = (...widths: string[]) =>
  withWidths([column('title'), column('fields.a:b')], widths).map(({ width }) => width)

it('columns are as wide as was said, within reason, and as before where nothing fits', () => {
  expect(widthsOf('title:22', 'fields.a:b:7.5')).toEqual([22, 7.5])
  expect(widthsOf('title:1', 'fields.a:b:1000')).toEqual([4, 60])
  expect(widthsOf('title:', 'title:wide', ':9', 'title', 'other:9')).toEqual([12, 12])
})

it('the last word on a column holds, whatever it is called', () => {
  const name = fc.string({ minLength: 1 })
  const width = fc.integer({ min: 4, max: 60 })
  fc.assert(
    fc.property(name, name, width, width, (one, other, first, second) => {
      fc.pre(one !== other)
      const widths = setWidth(setWidth(setWidth(undefined, one, first), other, first), one, second)
      expect(widths).toHaveLength(2)
      expect(withWidths([column(one), column(other)], widths).map(({ width }) => width)).toEqual([second, first])
    }),
  )
})
