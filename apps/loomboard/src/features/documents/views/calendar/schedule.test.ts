import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, fromDay, toDay } from '../../model/dates.ts'
import { aChunk } from '../../model/makers.ts'
import { dateFields, daysOf, movedTo, spanTitle, toSchedule, turned } from './schedule.ts'

const specs = new Map([['task', [{ name: 'due', kind: 'date', options: [] }]]])
const day = fc.date({ min: new Date(1990, 0, 2), max: new Date(2100, 0, 2), noInvalidDate: true }).map(toDay)

it('fields with days are found, those of most chunks first', () => {
  const chunks = [aChunk('a', { fields: { start: '2026-01-01' } }), aChunk('b', { fields: { note: 'x' } })]
  expect(dateFields(chunks, specs)).toEqual(['start', 'due'])
})

describe('a schedule', () => {
  it('has chunks on their days, whole days first, and those that could have one apart', () => {
    const chunks = [
      aChunk('late', { fields: { due: new Date(2026, 5, 1, 18).toISOString() } }),
      aChunk('early', { fields: { due: new Date(2026, 5, 1, 9).toISOString() } }),
      aChunk('day', { fields: { due: '2026-06-01' } }),
      aChunk('none', { type: 'task' }),
      aChunk('odd', { type: 'task', fields: { due: 'soon' } }),
      aChunk('other'),
    ]
    const { byDay, unscheduled, unreadable } = toSchedule(chunks, 'due', specs)
    expect(byDay.get('2026-06-01')?.map(({ id }) => id)).toEqual(['day', 'early', 'late'])
    expect(unscheduled.map(({ id }) => id)).toEqual(['none'])
    expect(unreadable.map(({ id }) => id)).toEqual(['odd'])
  })

  it('what is put on another day is on it, at the hour it had', () => {
    expect(movedTo(undefined, '2026-06-30')).toBe('2026-06-30')
    expect(movedTo('2026-01-01', '2026-06-30')).toBe('2026-06-30')
    const noon = new Date(2026, 5, 1, 12, 30)
    expect(new Date(movedTo(noon.toISOString(), '2026-06-30'))).toEqual(new Date(2026, 5, 30, 12, 30))
    const hour = fc.date({ min: new Date(1990, 0, 2), max: new Date(2100, 0, 2), noInvalidDate: true })
    fc.assert(
      fc.property(hour, day, (at, to) => {
        const moved = movedTo(at.toISOString(), to)
        expect(dayOf(moved)).toBe(to)
        // But for the hour that a night in March does not have.
        const missing = Math.abs(new Date(moved).getHours() - at.getHours()) > 0
        if (!missing) expect(new Date(moved).getMinutes()).toBe(at.getMinutes())
      }),
    )
  })
})

describe('the days that are seen', () => {
  it('are whole weeks with the month in them', () => {
    fc.assert(
      fc.property(day, (each) => {
        const days = daysOf(each, 'month')
        const month = days.filter((one) => one.startsWith(each.slice(0, 7)))
        expect(days.length % 7).toBe(0)
        expect(fromDay(days[0]!).getDay()).toBe(1)
        expect(month).toHaveLength(new Date(Number(each.slice(0, 4)), Number(each.slice(5, 7)), 0).getDate())
        // No week in it is another month’s alone.
        expect(days.slice(0, 7).some((one) => month.includes(one))).toBe(true)
        expect(days.slice(-7).some((one) => month.includes(one))).toBe(true)
        expect(daysOf(each, 'week')).toContain(each)
      }),
    )
  })

  it('are turned on and back', () => {
    expect(turned('2026-06-30', 'week', 1)).toBe('2026-07-07')
    expect(turned('2026-01-31', 'month', 1)).toBe('2026-02-28')
    expect(turned('2026-01-15', 'month', -1)).toBe('2025-12-15')
  })

  it('have a title', () => {
    expect(spanTitle('2026-06-15', 'month')).toBe('June 2026')
    expect(spanTitle('2026-06-17', 'week')).toMatch(/^15\s?–\s?21 June? ?2026|15\s?–\s?21 Jun 2026$/)
  })
})
