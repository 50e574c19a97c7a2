/** A moment as a field says it. */
export interface When {
  date: Date
  hasTime: boolean
  /** Unix milliseconds: from then on it is over. */
  until: number
}

/** A day is the day of whoever looks at it, and is over when it ends there. */
export function whenOf(text: string): When | undefined {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (day) {
    if (!isInCalendar(text)) return undefined
    const [year, month, at] = day.slice(1).map(Number) as [number, number, number]
    return { date: dayAt(year, month - 1, at), hasTime: false, until: dayAt(year, month - 1, at + 1).getTime() }
  }
  const isMoment = /^\d{4}-\d{2}-\d{2}T/.test(text) && isInCalendar(text.slice(0, 10))
  const time = isMoment ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : { date: new Date(time), hasTime: true, until: time }
}

/** In any zone: one that has skipped a day has it in its calendar all the same. */
function isInCalendar(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

/** A day as fields write it: 2026-06-30. */
export type Day = string

const two = (n: number) => String(n).padStart(2, '0')

export function toDay(date: Date): Day {
  return [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())].join('-')
}

/** A moment on the clock of whoever looks, 2026-06-30T09:05; undefined where it is none. */
export function toClock(text: string): string | undefined {
  const when = whenOf(text)
  return when?.hasTime ? `${toDay(when.date)}T${two(when.date.getHours())}:${two(when.date.getMinutes())}` : undefined
}

/** What a clock was set to, written as the moment that was there before: with the zone, or without one. */
export function fromClock(clock: string, before: string): string {
  return /(?:Z|[+-]\d{2}:?\d{2})$/.test(before) ? new Date(clock).toISOString() : clock
}

/** The day that a field names; undefined where it names none. */
export function dayOf(value: unknown): Day | undefined {
  const when = typeof value === 'string' ? whenOf(value) : undefined
  return when && toDay(when.date)
}

export function fromDay(day: Day): Date {
  const [year = 0, month = 1, at = 1] = day.split('-').map(Number)
  return dayAt(year, month - 1, at)
}

export function addDays(day: Day, days: number): Day {
  const date = fromDay(day)
  return toDay(dayAt(date.getFullYear(), date.getMonth(), date.getDate() + days))
}

/** The Monday on which a day's week begins. */
export function weekStart(day: Day): Day {
  return addDays(day, -((fromDay(day).getDay() + 6) % 7))
}

/** The same day of another month, or its last where it is shorter. */
export function addMonths(day: Day, months: number): Day {
  const date = fromDay(day)
  const last = dayAt(date.getFullYear(), date.getMonth() + months + 1, 0)
  return toDay(dayAt(last.getFullYear(), last.getMonth(), Math.min(date.getDate(), last.getDate())))
}

/** A year below 100 is that year, and not one of the last century. */
function dayAt(year: number, month: number, day: number): Date {
  const date = new Date(2000, 0, 1)
  date.setFullYear(year, month, day)
  return date
}

/** 30 Jun 2026; words that are no day as they are. */
export function formatDay(day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return day
  return fromDay(day).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
}
