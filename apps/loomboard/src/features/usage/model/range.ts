/** Of so many days, or of a month. */
export const ranges = [7, 30, 90, 'month', 'last-month'] as const
export type Range = (typeof ranges)[number]

/** The one that an address or a form names. */
export function findRange(named: unknown): Range | undefined {
  return ranges.find((one) => String(one) === String(named))
}

export const rangeWords: Record<Range, string> = {
  7: '7 days',
  30: '30 days',
  90: '90 days',
  month: 'This month',
  'last-month': 'Last month',
}

const dayMs = 86_400_000

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** The days of a range up to today, as YYYY-MM-DD in UTC, the oldest first. */
export function daysOf(range: Range, now: number): string[] {
  const today = new Date(now)
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()]
  if (range === 'month') return daysBetween(Date.UTC(year, month, 1), now)
  if (range === 'last-month') return daysBetween(Date.UTC(year, month - 1, 1), Date.UTC(year, month, 0))
  return daysBetween(now - (range - 1) * dayMs, now)
}

function daysBetween(from: number, to: number): string[] {
  const days: string[] = []
  for (let at = Date.parse(dayOf(from)); at <= to; at += dayMs) days.push(dayOf(at))
  return days
}
