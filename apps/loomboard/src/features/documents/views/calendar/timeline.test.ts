import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, toDay, weekStart } from '../../model/dates.ts'
import { aChunk } from '../../model/makers.ts'
import { weeksAround } from './schedule.ts'
import { barOf, daysBetween, endsOf, shifted, toBars } from './timeline.ts'

const day = fc.date({ min: new Date(1990, 0, 2), max: new Date(2100, 0, 2), noInvalidDate: true }).map(toDay)
const ends = { start: 'start', end: 'due' }

it('weeks are whole, side by side, and the one that is looked at is among them', () => {
  fc.assert(
    fc.property(day, (each) => {
      const weeks = weeksAround(each)
      expect(weeks).toContain(weekStart(each))
      for (const [i, monday] of weeks.entries()) expect(monday).toBe(addDays(weeks[0]!, 7 * i))
    }),
  )
})

it.each([
  ['due', ['due', 'start'], { start: 'start', end: 'due' }],
  ['start_date', ['start_date', 'end_date'], { start: 'start_date', end: 'end_date' }],
  ['date', ['date'], { end: 'date' }],
  ['date', ['date', 'due'], { end: 'date' }],
  ['begin', ['begin', 'toast'], { end: 'begin' }],
])('%s of %j is an end of %j', (field, fields, expected) => {
  expect(endsOf(field, fields)).toEqual(expected)
})

describe('a chunk', () => {
  it('lasts from its first day to its last, and is one day where the other is not said', () => {
    const bar = (fields: object) => {
      const { first, last } = barOf(aChunk('a', { fields: { ...fields } }), ends) ?? {}
      return `${first} ${last}`
    }
    expect(bar({ start: '2026-06-01', due: '2026-06-09' })).toBe('2026-06-01 2026-06-09')
    expect(bar({ start: '2026-06-09', due: '2026-06-01' })).toBe('2026-06-01 2026-06-09')
    expect(bar({ start: '2026-06-01' })).toBe('2026-06-01 2026-06-01')
    expect(bar({ due: '2026-06-09', start: 'soon' })).toBe('2026-06-09 2026-06-09')
    expect(bar({ due: 'soon' })).toBe('undefined undefined')
  })

  it('that is moved lasts as long as before, at the hours it had', () => {
    fc.assert(
      fc.property(day, fc.nat(100), fc.integer({ min: -400, max: 400 }), (first, length, days) => {
        const chunk = aChunk('a', { fields: { start: first, due: addDays(first, length) } })
        const moved = shifted(chunk, ends, days)
        expect(daysBetween(String(moved['fields.start']), String(moved['fields.due']))).toBe(length)
        expect(daysBetween(first, String(moved['fields.start']))).toBe(days)
      }),
    )
    expect(shifted(aChunk('a', { fields: { due: '2026-06-01' } }), ends, 2)).toEqual({ 'fields.due': '2026-06-03' })
  })
})

it('bars are those that reach into the weeks, the first to begin first; the others are counted', () => {
  const weeks = weeksAround('2026-06-15')
  const chunk = (id: string, start: string, due: string) => aChunk(id, { fields: { start, due } })
  const { bars, before, after } = toBars(
    [
      chunk('late', '2026-07-01', '2026-07-02'),
      chunk('long', '2020-01-01', '2030-01-01'),
      chunk('old', '2020-01-01', addDays(weeks[0]!, -1)),
      chunk('reaches', '2026-05-01', weeks[0]!),
      chunk('next', addDays(weeks.at(-1)!, 7), '2030-01-01'),
      aChunk('none'),
    ],
    ends,
    weeks,
  )
  expect(bars.map(({ chunk }) => chunk.id)).toEqual(['long', 'reaches', 'late'])
  expect([before, after]).toEqual([1, 1])
})
