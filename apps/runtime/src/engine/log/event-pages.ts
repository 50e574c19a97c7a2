import type { Database } from '../../ground/db/database.ts'
import { ourTurn } from '../../ground/in-turn.ts'
import { firstPageRows, rowsLike } from './page-rows.ts'
import { type LoggedEvent, listSessionEvents, listSizesBefore, newestSeqBefore, oldestOfNewest } from './store.ts'

const sizesAtOnce = 500

/** A part of a session's log as it was at one moment; both ends included. Nothing where `last` is 0. */
export interface Stretch {
  first: number
  last: number
}

/** The newest `limit` events before a place, or all of them. */
export async function newestStretch(
  db: Database,
  sessionId: string,
  before = Number.MAX_SAFE_INTEGER,
  limit?: number,
): Promise<Stretch> {
  const last = await newestSeqBefore(db, sessionId, before)
  return { first: last === 0 ? 1 : await oldestOfNewest(db, sessionId, last, limit), last }
}

/**
 * Oldest first, never more than a page in memory, however long the stretch is, and everybody else gets a turn before
 * every page.
 */
export async function* eventPages(
  db: Database,
  sessionId: string,
  { first, last }: Stretch,
): AsyncGenerator<LoggedEvent[], void, undefined> {
  let rows = firstPageRows
  for (let after = first - 1; after < last; ) {
    await ourTurn()
    const page = await listSessionEvents(db, sessionId, after, Math.min(rows, last - after))
    // What is deleted meanwhile is not there any more.
    if (page.length === 0) return
    yield page.at(-1)!.seq > last ? page.filter(({ seq }) => seq <= last) : page
    after = page.at(-1)!.seq
    rows = rowsLike(page)
  }
}

/** As much of the end of a stretch as is not longer than this, but one event at least. */
export async function withinBytes(
  db: Database,
  sessionId: string,
  stretch: Stretch,
  mostBytes: number,
): Promise<Stretch> {
  let first = stretch.last + 1
  let left = mostBytes
  for (;;) {
    const sizes = await listSizesBefore(db, sessionId, first, sizesAtOnce)
    for (const { seq, bytes } of sizes) {
      left -= bytes
      if (seq < stretch.first || (left < 0 && seq < stretch.last)) return { ...stretch, first }
      first = seq
    }
    if (sizes.length < sizesAtOnce) return { ...stretch, first: Math.min(first, stretch.last) }
  }
}
