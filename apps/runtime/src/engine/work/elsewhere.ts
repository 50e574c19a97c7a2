import type { Clock } from '../../ground/clock.ts'
import type { Database } from '../../ground/db/database.ts'
import type { RunRecord } from '../rows/run-record.ts'
import { findRun } from '../rows/runs.ts'
import type { Leases } from './leases.ts'
import type { RunStates } from './run-states.ts'

export interface Elsewhere {
  db: Database
  clock: Clock
  states: RunStates
  leases: Leases
}

/** Another process gets so long to hear a wish. */
const patienceMs = 2_000

/** Until another process has let go of a run; false when it takes too long. */
export async function untilElsewhereIsDone(
  { db, clock, states, leases }: Elsewhere,
  { id: runId, leaseEpoch }: RunRecord,
): Promise<boolean> {
  let isOver = false
  let wake = () => {}
  const cancel = clock.after(patienceMs, () => {
    isOver = true
    wake()
  })
  const unfollow = states.follow(runId, () => wake())
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve
      })
      const now = await findRun(db, runId)
      if (!now || now.leaseEpoch !== leaseEpoch || !(await leases.isElsewhere(now))) return true
      if (isOver) return false
      await woken
    }
  } finally {
    cancel()
    unfollow()
  }
}
