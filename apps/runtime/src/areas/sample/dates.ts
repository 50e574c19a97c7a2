const dayMs = 24 * 60 * 60 * 1000
const weekMs = 7 * dayMs

/** The plan is written as if it were the week that begins here: two publications are out, and the rest is to come. */
const writtenFor = Date.parse('2026-06-04')

/** A date of the plan for somebody who sees it for the first time at `now`; its day of the week stays. */
export function plannedFor(date: string, now: number): string {
  const later = Math.floor((now - writtenFor) / weekMs) * weekMs
  return new Date(Date.parse(date) + later).toISOString().slice(0, 10)
}
