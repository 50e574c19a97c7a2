import type { Clock } from '../../ground/clock.ts'
import type { DeclaredVolume, TreeLimits } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { SessionQuotas } from '../../ground/quotas/session-quotas.ts'
import type { ResolveModel } from '../../models/routing/resolve.ts'
import type { Definitions } from '../agents/definitions.ts'
import type { Skills } from '../skills/skills.ts'
import type { TokenLimits } from '../usage/token-limits.ts'

export interface SpawnContext {
  db: Database
  clock: Clock
  definitions: Definitions
  skills: Skills
  sessionQuotas: SessionQuotas
  resolveModel: ResolveModel
  tokenLimits: TokenLimits
  /** What a tree may use whose first agent says nothing. */
  limits: TreeLimits
  declaredVolumes(): readonly DeclaredVolume[]
  /** Has somebody work on a run. */
  wake(runId: string): void
  isWorking(runId: string): boolean
}
