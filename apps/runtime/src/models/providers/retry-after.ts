import type { ProviderEvent } from './provider.ts'

export type RetryEvent = Extract<ProviderEvent, { type: 'retry' }>

const BACKOFF_MS = [10_000, 20_000, 40_000, 60_000, 120_000]
const MAX_TOTAL_MS = 300_000

/** The wait before the next attempt after a 429, or undefined when it is time to give up. `attempt` starts at 1. */
export function nextRetry(attempt: number, headers: Headers, now: number, waitedMs: number): RetryEvent | undefined {
  const backoff = BACKOFF_MS[attempt - 1]
  if (backoff === undefined) return undefined
  const asked = retryAfterMs(headers, now)
  const wait_ms = asked ?? backoff
  if (waitedMs + wait_ms > MAX_TOTAL_MS) return undefined
  return {
    type: 'retry',
    attempt,
    wait_ms,
    reason: asked === undefined ? 'exponential backoff' : 'retry-after header',
  }
}

function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (!value) return undefined
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000)
  const date = /^[A-Za-z]/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
