import { expect, it } from 'vitest'
import { inOneGo } from './in-slices.ts'
import { mapped, sorted } from './lists-in-slices.ts'

it('comes to the same as sorting and mapping in one go, and leaves the given as it was', () => {
  for (const length of [0, 1, 999, 1000, 1001, 5500]) {
    const items = Array.from({ length }, (_, n) => ({ n, by: (n * 7919) % 97 }))
    const before = [...items]
    const compare = (a: { by: number }, b: { by: number }) => a.by - b.by
    expect(inOneGo(sorted(items, compare))).toEqual([...items].sort(compare))
    expect(inOneGo(mapped(items, ({ n }) => n + 1))).toEqual(items.map(({ n }) => n + 1))
    expect(items).toEqual(before)
  }
})
