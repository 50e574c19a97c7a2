import { addDays, addMonths, type Day, dayOf, fromDay, toDay, weekStart, whenOf } from '../../model/dates.ts'
import type { IsDone } from '../../model/done.ts'
import type { FieldSpec } from '../../model/field-chips.ts'
import type { OutlineChunk } from '../../model/outline.ts'

export type Span = 'month' | 'week' | 'timeline'

export interface Schedule {
  byDay: ReadonlyMap<Day, readonly OutlineChunk[]>
  /** Those that could have a date, as others of their type have it. */
  unscheduled: readonly OutlineChunk[]
  /** Something is there, but it is no date. */
  unreadable: readonly OutlineChunk[]
}

/** The fields that hold a day, those of most chunks first. */
export function dateFields(chunks: Iterable<OutlineChunk>, specs: ReadonlyMap<string, readonly FieldSpec[]>): string[] {
  const counts = new Map<string, number>()
  for (const fields of specs.values()) for (const { name, kind } of fields) if (kind === 'date') counts.set(name, 0)
  for (const { fields } of chunks) {
    for (const name in fields) if (dayOf(fields[name])) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b)).map(([name]) => name)
}

/** Which chunks stand on which day; those of one day in the order of their hours, then as they come. */
export function toSchedule(
  chunks: readonly OutlineChunk[],
  field: string,
  specs: ReadonlyMap<string, readonly FieldSpec[]>,
): Schedule {
  const byDay = new Map<Day, OutlineChunk[]>()
  const unscheduled: OutlineChunk[] = []
  const unreadable: OutlineChunk[] = []
  for (const chunk of chunks) {
    const value = chunk.fields?.[field]
    const day = dayOf(value)
    const others = day === undefined ? undefined : byDay.get(day)
    if (others) others.push(chunk)
    else if (day) byDay.set(day, [chunk])
    else if (value !== undefined && value !== null && value !== '') unreadable.push(chunk)
    else if (specs.get(chunk.type ?? '')?.some(({ name }) => name === field)) unscheduled.push(chunk)
  }
  for (const each of byDay.values()) each.sort((a, b) => timeOf(a, field).localeCompare(timeOf(b, field)))
  return { byDay, unscheduled, unreadable }
}

/** What is not done and whose day is over, the longest first. */
export function overdueOf({ byDay }: Schedule, field: string, now: number, isDone: IsDone): Set<OutlineChunk> {
  const days = [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))
  const isOver = ({ fields }: OutlineChunk) => (whenOf(String(fields?.[field]))?.until ?? now) < now
  return new Set(days.flatMap(([, chunks]) => chunks.filter((chunk) => isOver(chunk) && !isDone(chunk))))
}

function timeOf({ fields }: OutlineChunk, field: string): string {
  const value = fields?.[field]
  // Whole days stand above what has an hour.
  return typeof value === 'string' && value.includes('T') ? new Date(value).toISOString() : ''
}

/** What the field is after it was put on that day: an hour stays, as does how it was written. */
export function movedTo(value: unknown, day: Day): string {
  const text = typeof value === 'string' ? value : ''
  const time = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) return day
  // In the zone of whoever looks at it, as the day was.
  const was = new Date(time)
  const date = fromDay(day)
  date.setHours(was.getHours(), was.getMinutes(), was.getSeconds(), was.getMilliseconds())
  return date.toISOString()
}

/** The days that are seen, from a Monday to a Sunday. */
export function daysOf(day: Day, span: 'month' | 'week'): Day[] {
  const first = span === 'week' ? weekStart(day) : weekStart(`${day.slice(0, 8)}01`)
  if (span === 'week') return run(first, 7)
  const last = addDays(addMonths(`${day.slice(0, 8)}01`, 1), -1)
  const weeks = Math.round((fromDay(weekStart(last)).getTime() - fromDay(first).getTime()) / (7 * 86_400_000)) + 1
  return run(first, weeks * 7)
}

/** So many weeks a timeline has, of which so many come before the week of the day one looks at. */
const [weeksShown, weeksBefore] = [12, 2]

/** The Mondays of the weeks of a timeline. */
export function weeksAround(day: Day): Day[] {
  const first = addDays(weekStart(day), -7 * weeksBefore)
  return Array.from({ length: weeksShown }, (_, i) => addDays(first, 7 * i))
}

function run(first: Day, count: number): Day[] {
  return Array.from({ length: count }, (_, i) => addDays(first, i))
}

/** The month or the week before or after; of a timeline, four weeks. */
export function turned(day: Day, span: Span, by: 1 | -1): Day {
  if (span === 'timeline') return addDays(day, 28 * by)
  return span === 'week' ? addDays(day, 7 * by) : addMonths(day, by)
}

/** May 2026, or 4 – 10 May 2026; of a timeline, from its first day to its last. */
export function spanTitle(day: Day, span: Span): string {
  if (span === 'month') return fromDay(day).toLocaleDateString('en', { month: 'long', year: 'numeric' })
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
  const weeks = span === 'timeline' ? weeksAround(day) : [weekStart(day)]
  return format.formatRange(fromDay(weeks[0]!), fromDay(addDays(weeks.at(-1)!, 6)))
}

export function today(now: number): Day {
  return toDay(new Date(now))
}
