import { deleteExpiredMessages } from './areas/channels/store.ts'
import type { DocumentDeps } from './areas/documents/deps.ts'
import { indexTexts } from './areas/history/index-texts.ts'
import { purgeDeleted } from './areas/history/purge-deleted.ts'
import type { Memory } from './areas/memory/create-memory.ts'
import { forgetAuditBefore } from './areas/memory/sql/audit.ts'
import { forgetInputsTakenBefore } from './engine/rows/returned-inputs.ts'
import type { Clock } from './ground/clock.ts'
import type { Database } from './ground/db/database.ts'
import { forgetKeysBefore } from './ground/idempotency-store.ts'
import type { BrowserSessions } from './ground/identity/browser-sessions.ts'
import { report } from './ground/report.ts'

const tenSecondsMs = 10_000
const quarterHourMs = 15 * 60_000
const dayMs = 24 * 60 * 60_000
const auditDays = 90
const deletedDays = 7

/** Chores; nothing depends on when they are done. The returned function ends them, after the one that is under way. */
export function startBackgroundJobs({
  db,
  clock,
  memory,
  sessions,
  documents,
}: {
  db: Database
  clock: Clock
  memory: Pick<Memory, 'sweep'>
  sessions: Pick<BrowserSessions, 'sweep'>
  documents: Pick<DocumentDeps, 'leftovers'>
}): () => Promise<void> {
  documents.leftovers.recover().catch((error: unknown) => report('removing chunks', error))
  const stopIndexing = every(clock, tenSecondsMs, async () => {
    await indexTexts(db, 50)
    documents.leftovers.begin()
  })
  const stopSweeping = every(clock, quarterHourMs, async () => {
    const now = clock.now()
    await memory.sweep()
    await sessions.sweep()
    await db.write([
      forgetKeysBefore(now - dayMs),
      forgetInputsTakenBefore(now - dayMs),
      deleteExpiredMessages(now),
      forgetAuditBefore(now - auditDays * dayMs),
    ])
    await purgeDeleted(db, now - deletedDays * dayMs)
  })
  return async () => {
    await Promise.all([stopIndexing(), stopSweeping()])
  }
}

function every(clock: Clock, ms: number, work: () => Promise<void>): () => Promise<void> {
  let cancel = () => {}
  let working = Promise.resolve()
  const next = () => {
    cancel = clock.after(ms, () => {
      next()
      working = working.then(work).catch((error: unknown) => report('background job', error))
    })
  }
  next()
  return () => {
    cancel()
    return working
  }
}
