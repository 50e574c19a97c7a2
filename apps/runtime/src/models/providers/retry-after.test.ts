import { describe, expect, it } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

const NOW = Date.UTC(2026, 0, 1, 12)
const after = (value: string) => retryAfterMs(new Headers({ 'retry-after': value }), '', NOW)
const said = (body: string) => retryAfterMs(new Headers(), body, NOW)

describe('how long a service asks to be left alone', () => {
  it.each([
    ['3', 3000],
    ['0.5', 500],
    [' 0 ', undefined],
    ['0.0', undefined],
    ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['2026-01-01T12:00:30Z', 30_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', undefined],
    ['99999999999999999999', 366 * 24 * 3_600_000],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
  ])('is in Retry-After: %s', (value, ms) => {
    expect(after(value)).toBe(ms)
  })

  it('is in milliseconds where a service is that exact', () => {
    expect(retryAfterMs(new Headers({ 'retry-after-ms': '1250', 'retry-after': '2' }), '', NOW)).toBe(1250)
    expect(retryAfterMs(new Headers({ 'retry-after-ms': '0', 'retry-after': '2' }), '', NOW)).toBe(2000)
  })

  it.each([
    ['{"details":[{"@type":"…RetryInfo","retryDelay":"34.4s"}]}', 34_400],
    ['Rate limit reached. Please try again in 1m20s. Visit …', 80_000],
    ['Please try again in 345ms.', 345],
    ['… have exceeded token rate limit. Please retry after 33 seconds. Please go here: …', 33_000],
    ['Retry after 1 minute.', 60_000],
    ['Please retry in 41.9s.', 41_900],
    ['Please retry after 0 seconds.', undefined],
    ['try again in a while', undefined],
  ])('is in its words: %s', (body, ms) => {
    expect(said(body)).toBe(ms)
  })
})
