import { addDays, type Day, dayOf, fromDay } from '../../model/dates.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { movedTo } from './schedule.ts'

/** From which field to which a chunk lasts; where only one is known, it is a single day. */
export interface Ends {
  start?: string
  end: string
}

const startWords = /^(?:start|begin|from)/i
const endWords = /^(?:end|due|until|deadline|finish|to$|to[ _])/i

/** The field that is chosen, and the one at the other end, where their names say that they are two ends of something. */
export function endsOf(field: string, fields: readonly string[]): Ends {
  const named = (words: RegExp) => fields.find((name) => name !== field && words.test(name))
  if (startWords.test(field)) {
    const end = named(endWords)
    return end === undefined ? { end: field } : { start: field, end }
  }
  const start = named(startWords)
  return start === undefined ? { end: field } : { start, end: field }
}

/** A chunk from its first day to its last. */
export interface Bar {
  chunk: OutlineChunk
  first: Day
  last: Day
}

export function barOf(chunk: OutlineChunk, { start, end }: Ends): Bar | undefined {
  const last = dayOf(chunk.fields?.[end])
  const first = start === undefined ? last : (dayOf(chunk.fields?.[start]) ?? last)
  if (first === undefined) return undefined
  // Whoever has mixed them up sees both.
  const [a, b] = [first, last ?? first].sort() as [Day, Day]
  return { chunk, first: a, last: b }
}

/** What is seen of these weeks, the first to begin first; and how many lie before and after them. */
export function toBars(chunks: Iterable<OutlineChunk>, ends: Ends, weeks: readonly Day[]) {
  const from = weeks[0]!
  const until = addDays(weeks.at(-1)!, 6)
  const all = [...chunks].flatMap((chunk) => barOf(chunk, ends) ?? [])
  return {
    bars: all
      .filter(({ first, last }) => first <= until && last >= from)
      .sort((a, b) => compare(a.first, b.first) || compare(a.last, b.last)),
    before: all.filter(({ last }) => last < from).length,
    after: all.filter(({ first }) => first > until).length,
  }
}

const compare = (a: Day, b: Day) => (a < b ? -1 : a > b ? 1 : 0)

/** What its fields are once it lies so many days later: however long it lasts, it lasts as long. */
export function shifted({ fields }: OutlineChunk, { start, end }: Ends, days: number): Record<string, string> {
  const names = start === undefined ? [end] : [start, end]
  return Object.fromEntries(
    names.flatMap((name) => {
      const day = dayOf(fields?.[name])
      return day === undefined ? [] : [[`fields.${name}`, movedTo(fields?.[name], addDays(day, days))]]
    }),
  )
}

/** Whole days from one to the other, whatever the clocks are put to between them. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((fromDay(to).getTime() - fromDay(from).getTime()) / 86_400_000)
}

/** 4 – 10 May 2026; a single day by itself. */
export function barInWords({ first, last }: Pick<Bar, 'first' | 'last'>): string {
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
  return format.formatRange(fromDay(first), fromDay(last))
}
