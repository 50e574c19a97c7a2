import { deleteExpiredMessages } from './areas/channels/store.ts'
import type { DocumentDeps } from './areas/documents/deps.ts'
import { indexTexts } from './areas/history/index-texts.ts'
import { purgeDeleted } from './areas/history/purge-deleted.ts'
import type { Memory } from './areas/memory/create-memory.ts'
import { forgetAuditBefore } from './areas/memory/sql/audit-store.ts'
import type { Volumes } from './areas/volumes/create-volumes.ts'
import { forgetUnusedDerivedBefore } from './engine/agents/derived-store.ts'
import { forgetInputsTakenBefore } from './engine/rows/returned-inputs.ts'
import type { Clock } from './ground/clock.ts'
import type { Database } from './ground/db/database.ts'
import { forget } from './ground/db/forget.ts'
import { forgetKeysBefore } from './ground/idempotency/store.ts'
import type { BrowserSessions } from './ground/identity/browser-sessions.ts'
import type { Chores } from './ground/replicas/chores.ts'
import { report, type Telemetry } from './ground/telemetry/telemetry.ts'
import type { Processes } from './tools/shell/processes.ts'

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
  volumes,
  volumeSweepMs,
  processes,
  telemetry,
  chores,
  isAlone,
}: {
  db: Database
  clock: Clock
  memory: Pick<Memory, 'sweep'>
  sessions: Pick<BrowserSessions, 'sweep'>
  documents: Pick<DocumentDeps, 'leftovers'>
  volumes: Pick<Volumes, 'clearUp'>
  volumeSweepMs: number
  processes: Pick<Processes, 'recover'>
  telemetry: Telemetry
  /** What one of several processes does for all. */
  chores: Pick<Chores, 'isOurs'>
  /** Nobody else uses the store: whatever is unfinished there will stay so. */
  isAlone: boolean
}): () => Promise<void> {
  const told = (what: string, error: unknown) => report(telemetry, what, error)
  const every = repeatedly(clock, (error) => told('background job', error))
  documents.leftovers.recover({ dropUnfinished: isAlone }).catch((error: unknown) => told('removing chunks', error))
  processes.recover().catch((error: unknown) => told('processes of before', error))
  void volumes.clearUp.sweep()
  const stopClearingUp = every(volumeSweepMs, () => volumes.clearUp.sweep())
  const stopIndexing = every(tenSecondsMs, async () => {
    if (!(await chores.isOurs('index'))) return
    await indexTexts(db, 50)
    documents.leftovers.begin()
  })
  const stopSweeping = every(quarterHourMs, async () => {
    const now = clock.now()
    if (!(await chores.isOurs('sweep'))) return
    await memory.sweep()
    await sessions.sweep()
    await forget(db, (limit) => forgetKeysBefore(now - dayMs, limit))
    await forget(db, (limit) => forgetInputsTakenBefore(now - dayMs, limit))
    await forget(db, (limit) => forgetUnusedDerivedBefore(now - dayMs, limit))
    await forget(db, (limit) => deleteExpiredMessages(now, limit))
    await forget(db, (limit) => forgetAuditBefore(now - auditDays * dayMs, limit))
    await purgeDeleted(db, now - deletedDays * dayMs)
  })
  return async () => {
    await Promise.all([stopIndexing(), stopSweeping(), stopClearingUp()])
    await volumes.clearUp.done()
  }
}

function repeatedly(clock: Clock, failed: (error: unknown) => void) {
  return (ms: number, work: () => Promise<void>): (() => Promise<void>) => {
    let cancel = () => {}
    let working = Promise.resolve()
    const next = () => {
      cancel = clock.after(ms, () => {
        next()
        working = working.then(work).catch(failed)
      })
    }
    next()
    return () => {
      cancel()
      return working
    }
  }
}
