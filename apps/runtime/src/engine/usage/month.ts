/** YYYY-MM-DD, in UTC. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** The first day of the calendar month, in UTC. */
export function monthOf(at: number): string {
  return `${dayOf(at).slice(0, 7)}-01`
}

/** When the next month begins. */
export function nextMonth(at: number): Date {
  const date = new Date(at)
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1))
}
