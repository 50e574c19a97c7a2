import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { takeTurn, waitForTurn } from './turns.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
})

it('lets so much through in one task, the rest in later ones, the last first', () => {
  expect([takeTurn(10_000), takeTurn(10_000), takeTurn(6000)]).toEqual([true, false, true])
  const gone: string[] = []
  for (const name of ['first', 'second', 'third']) waitForTurn(12_000, () => gone.push(name))
  vi.advanceTimersToNextTimer()
  expect(gone).toEqual(['third'])
  vi.advanceTimersToNextTimer()
  expect(gone).toEqual(['third', 'second'])
  vi.runAllTimers()
  expect(gone).toEqual(['third', 'second', 'first'])
})

it('draws what is larger than a turn in a turn of its own', () => {
  expect(takeTurn(1_000_000)).toBe(true)
  expect(takeTurn(1)).toBe(false)
})

it('forgets who is gone', () => {
  const gone: string[] = []
  expect(takeTurn(40_000)).toBe(true)
  waitForTurn(10, () => gone.push('left'))()
  waitForTurn(10, () => gone.push('stayed'))
  vi.runAllTimers()
  expect(gone).toEqual(['stayed'])
})
