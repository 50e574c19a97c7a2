import { type Clock, systemClock } from '../src/ground/clock.ts'

/** A clock whose date is set by hand; its timers run as ever. */
export function aCalendar(start: string): Clock & { set(time: string): void } {
  let now = Date.parse(start)
  return {
    now: () => now,
    after: systemClock.after,
    set(time) {
      now = Date.parse(time)
    },
  }
}
