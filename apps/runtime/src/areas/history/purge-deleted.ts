import { deleteEvents, deleteSessionRow, hasEvents, listDeletedBefore } from '../../engine/rows/sessions.ts'
import type { Database } from '../../ground/db/database.ts'
import { deleteTexts, hasTexts } from './index-store.ts'

const sessionsAtOnce = 50
const rowsAtOnce = 2000

/** Removes for good what was deleted by then; in steps, so that a long conversation does not hold anybody up. */
export async function purgeDeleted(db: Database, deletedBefore: number): Promise<void> {
  for (;;) {
    const ids = await listDeletedBefore(db, deletedBefore, sessionsAtOnce)
    // Without its events a session is not indexed again, so its texts can go before it does.
    for (const id of ids) while (await hasEvents(db, id)) await db.write([deleteEvents(id, rowsAtOnce)])
    for (const id of ids) while (await hasTexts(db, id)) await db.write(deleteTexts(id, rowsAtOnce))
    for (const id of ids) await db.write(deleteSessionRow(id))
    if (ids.length < sessionsAtOnce) return
  }
}
