import type { Clock } from '../../ground/clock.ts'
import type { Config } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { SessionQuotas } from '../../ground/quotas/session-quotas.ts'
import type { ResolveModel } from '../../models/providers/resolve.ts'

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
