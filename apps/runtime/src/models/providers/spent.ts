import type { FailureHints } from './provider.ts'

/** What may be used is used up: no wait of ours ends that. */
export interface Spent {
  /** In plain words. */
  why: string
  hints: FailureHints
}

const hour = 3_600_000
const day = 24 * hour

/** The account cannot pay, in the words of each service. */
const EMPTY: readonly RegExp[] = [
  // OpenAI, and those that took over its words
  /insufficient_quota|billing_hard_limit_reached|billing_not_active/i,
  // Anthropic
  /credit balance is too low|billing_error/i,
  // DeepSeek, OpenRouter, Moonshot, xAI
  /insufficient[_ ](?:account[_ ])?(?:balance|credits|funds)|exceeded_current_quota_error/i,
  /used all (?:of (?:your|its) )?available credits|reached (?:your|its) monthly spending limit/i,
]

export const accountSpent: Spent = {
  why: 'the account has nothing left at this service, or may not use more; put that right there, and ask again',
  hints: { final: true, code: 'quota_exhausted' },
}

/** Whether the answer to a request says so; `now` in Unix milliseconds, `asked`: how long it says to wait, if it does. */
export function spentIn(status: number, body: string, now: number, asked?: number): Spent | undefined {
  if (accountIsSpent(status, body)) return accountSpent
  const until = status === 429 ? dayEnds(body, now, asked) : undefined
  if (until === undefined) return undefined
  const hints = { final: true, retryAfterMs: until - now, code: 'quota_exhausted' }
  return { why: 'what may be asked of it in a day is used up', hints }
}

/** For where nothing but that is known, as in the middle of a stream. */
export function accountIsSpent(status: number | undefined, body: string): boolean {
  return status === 402 || EMPTY.some((words) => words.test(body))
}

function dayEnds(body: string, now: number, asked: number | undefined): number | undefined {
  // Google says how long to wait as if it were a minute's quota, and counts its days in California.
  if (/"quota(?:id|metric)"\s*:\s*"[^"]{0,200}per_?day/i.test(body)) {
    return Math.max(now + (asked ?? 0), nextMidnight(now, 'America/Los_Angeles'))
  }
  // Where it is said how long that is, that holds.
  if (asked !== undefined || !/\bper[- _]day\b|\bdaily (?:limit|quota)\b/i.test(body)) return undefined
  return nextMidnight(now, 'UTC')
}

function nextMidnight(now: number, timeZone: string): number {
  const midnight = now - (now % 1000) + day - sinceMidnight(now, timeZone)
  const off = sinceMidnight(midnight, timeZone)
  // The day that the clocks are changed is an hour longer or shorter.
  return off === 0 ? midnight : midnight + (off > day / 2 ? day - off : -off)
}

/** By the clock on the wall there, in whole seconds. */
function sinceMidnight(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  }).formatToParts(time)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return of('hour') * hour + of('minute') * 60_000 + of('second') * 1000
}
