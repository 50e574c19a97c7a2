import { expect, it } from 'vitest'
import { boxOf, layOut, nearest, room } from './layout.ts'

const ids = Array.from({ length: 50 }, (_, i) => `c${i}`)
const lines = ids.slice(1).map((to, i) => ({ from: `c${Math.floor(i / 3)}`, to, kinds: [], both: false }))
const never = new AbortController().signal

it('the same document is always the same picture, and nothing in it lies on something else', async () => {
  const [first, second] = await Promise.all([layOut(ids, lines, never), layOut(ids, lines, never)])
  expect(first).toEqual(second)
  const points = [...first!.values()]
  for (const [i, a] of points.entries()) {
    for (const b of points.slice(i + 1)) {
      expect(Math.abs(a.x - b.x) >= room.width - 1 || Math.abs(a.y - b.y) >= room.height - 1).toBe(true)
    }
  }
  const { left, top, width, height } = boxOf(points)
  expect(points.every(({ x, y }) => x > left && x < left + width && y > top && y < top + height)).toBe(true)
})

it('arrows go to what lies that way', () => {
  const points = new Map([
    ['here', { x: 0, y: 0 }],
    ['right', { x: 100, y: 10 }],
    ['far', { x: 300, y: 0 }],
    ['below', { x: 10, y: 80 }],
  ])
  expect(nearest(points, 'here', 'ArrowRight')).toBe('right')
  expect(nearest(points, 'here', 'ArrowDown')).toBe('below')
  expect(nearest(points, 'here', 'ArrowLeft')).toBeUndefined()
  expect(nearest(points, 'right', 'ArrowLeft')).toBe('here')
  expect(nearest(points, 'nowhere', 'ArrowLeft')).toBeUndefined()
})
