import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, dayOf, fromClock, fromDay, toClock, toDay, weekStart, whenOf } from './dates.ts'

const day = fc
  .date({ min: new Date('1900-01-02T12:00:00Z'), max: new Date('2200-12-30T12:00:00Z'), noInvalidDate: true })
  .map(toDay)

describe('days', () => {
  it('are read and written alike, whatever the clocks do on them', () => {
    fc.assert(fc.property(day, (each) => toDay(fromDay(each)) === each && dayOf(each) === each))
  })

  it.each(['2026-02-31', '2026-13-01', '2026-00-10', '2025-02-29', '2026-04-00'])('%s is none', (text) => {
    expect(dayOf(text)).toBeUndefined()
  })

  it('follow one another, and come back', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -800, max: 800 }), (each, n) => {
        expect(addDays(addDays(each, n), -n)).toBe(each)
        expect(addDays(each, 1) > each).toBe(true)
      }),
    )
  })

  it('are in the week that begins on the Monday before them', () => {
    fc.assert(
      fc.property(day, (each) => {
        const monday = weekStart(each)
        expect(fromDay(monday).getDay()).toBe(1)
        expect(monday <= each && each <= addDays(monday, 6)).toBe(true)
      }),
    )
  })

  it('of another month are its last where it is shorter', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15')
    expect(addMonths('0099-12-15', 1)).toBe('0100-01-15')
  })
})

it('what is no date is none', () => {
  for (const text of ['', 'soon', '2026', '12/06/2026', '2026-6-1']) expect(whenOf(text)).toBeUndefined()
  expect(dayOf(20260601)).toBeUndefined()
})

describe('a moment', () => {
  it('is shown and set on the clock of whoever looks, and written as it was', () => {
    const at = (minute: number) => new Date(2026, 11, 1, 9, minute)
    expect(toClock(at(5).toISOString())).toBe('2026-12-01T09:05')
    expect(fromClock('2026-12-01T09:15', '2026-12-01T08:00:00+02:00')).toBe(at(15).toISOString())
    expect(fromClock('2026-12-01T09:15', '2026-12-01T08:00')).toBe('2026-12-01T09:15')
    expect([toClock('2026-12-01'), toClock('Tomorrow'), toClock('')]).toEqual([undefined, undefined, undefined])
  })
})
