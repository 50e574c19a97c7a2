import { indexTexts } from './history/index-texts.ts'
import { deleteExpiredMessages } from './channels/store.ts'
import type { Clock } from './clock.ts'
import type { Database } from './db/database.ts'
import { deleteExpired } from './memory/store.ts'
import { forgetKeysBefore } from './runs/idempotency.ts'
import { forgetAuditBefore } from './sql-memory/audit.ts'

const quarterHourMs = 15 * 60_000
const dayMs = 24 * 60 * 60_000
const auditDays = 90

/** Chores that only free space; nothing depends on when they are done. The returned function ends them. */
export function startBackgroundJobs({ db, clock }: { db: Database; clock: Clock }): () => void {
  return every(clock, quarterHourMs, async () => {
    const now = clock.now()
    await db.transaction((tx) => deleteExpired(tx, now))
    await db.write([
      forgetKeysBefore(now - dayMs),
      deleteExpiredMessages(now),
      forgetAuditBefore(now - auditDays * dayMs),
    ])
  })
}

function every(clock: Clock, ms: number, work: () => Promise<void>): () => void {
  let cancel = () => {}
  const next = () => {
    cancel = clock.after(ms, () => {
      next()
      work().catch((error: unknown) => console.error('background job:', error))
    })
  }
  next()
  return () => cancel()
}
