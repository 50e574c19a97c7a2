import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fitted, zoomed } from './camera.ts'

const screen = { width: 800, height: 600 }

it('a picture is in the middle, no larger than it is, and as small as it can be read', () => {
  const small = { left: -100, top: -50, width: 200, height: 100 }
  expect(fitted(small, screen)).toEqual({ scale: 1, x: 400, y: 300 })
  const large = { left: 0, top: 0, width: 8000, height: 600 }
  expect(fitted(large, screen).scale).toBe(0.8)
  expect(fitted(large, screen, 0).scale).toBe(0.2)
})

it('what is below the pointer stays there, however near one goes', () => {
  const number = fc.double({ min: -500, max: 500, noNaN: true })
  const factor = fc.double({ min: 0.2, max: 4, noNaN: true })
  fc.assert(
    fc.property(number, number, number, number, factor, (x, y, atX, atY, by) => {
      const camera = { scale: 1, x, y }
      const point = { x: atX - x, y: atY - y }
      const next = zoomed(camera, by, { x: atX, y: atY })
      expect(point.x * next.scale + next.x).toBeCloseTo(atX, 6)
      expect(point.y * next.scale + next.y).toBeCloseTo(atY, 6)
    }),
  )
})
