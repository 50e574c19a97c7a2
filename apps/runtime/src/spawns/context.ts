import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../db/database.ts'
import type { ResolveModel } from '../providers/resolve.ts'
import type { SessionQuotas } from '../quotas/session-quotas.ts'

export interface SpawnContext {
  db: Database
  clock: Clock
  config: Config
  sessionQuotas: SessionQuotas
  resolveModel: ResolveModel
  /** Has somebody work on a run. */
  wake(runId: string): void
  isWorking(runId: string): boolean
}
