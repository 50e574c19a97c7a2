import { deleteExpiredMessages } from './channels/store.ts'
import type { Clock } from './clock.ts'
import type { Database } from './db/database.ts'
import type { DocumentDeps } from './documents/deps.ts'
import { indexTexts } from './history/index-texts.ts'
import type { BrowserSessions } from './identity/browser-sessions.ts'
import type { Memory } from './memory/create-memory.ts'
import { report } from './report.ts'
import { forgetKeysBefore } from './runs/idempotency.ts'
import { purgeDeleted } from './sessions/purge-deleted.ts'
import { forgetInputsTakenBefore } from './sessions/returned-inputs.ts'
import { forgetAuditBefore } from './sql-memory/audit.ts'

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
