import { describe, expect, it } from 'vitest'
import { nextRetry } from './retry-after.ts'

const NOW = Date.UTC(2026, 0, 1, 12)
const after = (value: string, attempt = 1, waited = 0) =>
  nextRetry(attempt, new Headers({ 'retry-after': value }), NOW, waited)

describe('nextRetry', () => {
  it('takes seconds, fractions of them, and dates', () => {
    expect(after('3')).toMatchObject({ wait_ms: 3000, reason: 'retry-after header' })
    expect(after('0.5')?.wait_ms).toBe(500)
    expect(after('0')?.wait_ms).toBe(0)
    expect(after('Thu, 01 Jan 2026 12:00:30 GMT')?.wait_ms).toBe(30_000)
    expect(after('Thu, 01 Jan 2026 11:00:00 GMT')?.wait_ms).toBe(0)
  })

  it('backs off by itself when told nothing or nonsense', () => {
    const waits = [1, 2, 3, 4, 5].map((attempt) => nextRetry(attempt, new Headers(), NOW, 0)?.wait_ms)
    expect(waits).toEqual([10_000, 20_000, 40_000, 60_000, 120_000])
    expect(after('soon')).toMatchObject({ wait_ms: 10_000, reason: 'exponential backoff' })
    expect(after('-5')).toMatchObject({ wait_ms: 10_000, reason: 'exponential backoff' })
  })

  it('gives up after five attempts or five minutes', () => {
    expect(nextRetry(6, new Headers(), NOW, 0)).toBeUndefined()
    expect(after('301')).toBeUndefined()
    expect(after('200', 2, 150_000)).toBeUndefined()
    expect(after('150', 2, 150_000)).toBeDefined()
  })
})
