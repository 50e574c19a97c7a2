import type { LoggedEvent } from './store.ts'

/** About so much of the log is read at a time: whoever does not take it holds it. */
const pageBytes = 256 * 1024
const mostRows = 500

export const firstPageRows = 8

/** As many rows as make a page, if they are as long as these. */
export function rowsLike(page: readonly LoggedEvent[]): number {
  const bytes = page.reduce((sum, row) => sum + row.payload.length, 0)
  return Math.min(Math.max(Math.floor((pageBytes * page.length) / Math.max(bytes, 1)), 1), mostRows)
}
