import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, dayOf, fromDay, toDay, weekStart, whenOf } from './dates.ts'

const day = fc
  .date({ min: new Date('1900-01-02T12:00:00Z'), max: new Date('2200-12-30T12:00:00Z'), noInvalidDate: true })
  .map(toDay)

describe('days', () => {
  it('are read and written alike, whatever the clocks do on them', () => {
    fc.assert(fc.property(day, (each) => toDay(fromDay(each)) === each && dayOf(each) === each))
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
