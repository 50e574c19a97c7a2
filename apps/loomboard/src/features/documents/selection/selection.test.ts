import fc from 'fast-check'
import { expect, it } from 'vitest'
import { all, extended, nothing, type Selection, toggled, within } from './selection.ts'

const order = ['a', 'b', 'c', 'd', 'e']
const ids = ({ ids }: Selection) => [...ids].sort().join('')

it('one is selected, and not selected again', () => {
  expect(ids(toggled(nothing, 'b'))).toBe('b')
  expect(ids(toggled(toggled(nothing, 'b'), 'b'))).toBe('')
})

it('a range goes from the last one that was chosen, either way, and keeps what was selected', () => {
  expect(ids(extended(toggled(nothing, 'b'), 'd', order))).toBe('bcd')
  expect(ids(extended(toggled(nothing, 'd'), 'b', order))).toBe('bcd')
  const two = toggled(toggled(nothing, 'a'), 'd')
  expect(ids(extended(extended(two, 'e', order), 'c', order))).toBe('acde')
})

it('a range whose beginning is out of sight is the one it leads to', () => {
  expect(ids(extended(toggled(nothing, 'x'), 'c', order))).toBe('cx')
  expect(ids(extended(nothing, 'c', order))).toBe('c')
  expect(ids(extended(toggled(nothing, 'b'), 'x', order))).toBe('b')
})

it('everything that is seen is selected, and a second time nothing', () => {
  const everything = all(toggled(nothing, 'b'), order)
  expect(ids(everything)).toBe('abcde')
  expect(all(everything, order)).toBe(nothing)
})

it('what is gone is not selected', () => {
  const selection = extended(toggled(nothing, 'a'), 'c', order)
  expect(within(selection, () => true)).toBe(selection)
  const left = within(selection, (id) => id !== 'a')
  expect(ids(left)).toBe('bc')
  expect(ids(extended(left, 'e', order))).toBe('bce')
})

it('a range has both its ends, and nothing beyond them', () => {
  const place = fc.nat(order.length - 1)
  fc.assert(
    fc.property(place, place, (from, to) => {
      const selected = extended(toggled(nothing, order[from]!), order[to]!, order).ids
      for (const [at, id] of order.entries()) {
        expect(selected.has(id)).toBe(at >= Math.min(from, to) && at <= Math.max(from, to))
      }
    }),
  )
})
