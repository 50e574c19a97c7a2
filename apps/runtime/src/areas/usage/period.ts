import { RuntimeError } from '@loomcycle/proto'
import { dayOf } from '../../engine/usage/month.ts'
import type { Period } from './store.ts'

/** The days that are meant by two ends, each a day or a time of it. */
export function periodOf({ from, to }: { from?: string | undefined; to?: string | undefined }): Period {
  const period = {
    from: from === undefined ? undefined : dayIn('from', timeOf('from', from)),
    to: to === undefined ? undefined : lastDay(to),
  }
  if (period.from !== undefined && period.to !== undefined && period.from > period.to) {
    throw new RuntimeError('invalid_request', `to (${to}) is before from (${from})`)
  }
  return period
}

/** What ends at midnight ends with the day before. */
function lastDay(to: string): string {
  const at = timeOf('to', to)
  return dayIn('to', isDay(to) ? at : at - 1)
}

/** Days are compared as text, and before year 0 and after 9999 that is no longer so. */
function dayIn(name: string, at: number): string {
  const day = dayOf(at)
  if (isDay(day)) return day
  throw refused(name)
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
}

const time = /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/

function timeOf(name: string, text: string): number {
  const at = time.test(text) ? Date.parse(text) : Number.NaN
  // February has no 30th, though JavaScript finds one.
  const day = text.slice(0, 10)
  if (!Number.isNaN(at) && dayOf(Date.parse(day)) === day) return at
  throw refused(name)
}

function refused(name: string): RuntimeError {
  return new RuntimeError(
    'invalid_request',
    `${name} must be a day, as 2026-11-30, or a time with its zone, as 2026-11-30T12:00:00Z`,
  )
}
