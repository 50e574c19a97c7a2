import type { memoryOps, OpName } from '@loomcycle/proto'
import type { ChangeFeed } from '../../engine/feeds/change-feed.ts'
import type { Clock } from '../../ground/clock.ts'
import type { Limits } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { OpImplementation } from '../../tools/op-set.ts'
import type { Embedding } from './embedding.ts'
import type { AuditOptions } from './sql/audit.ts'
import type { SqlMemory } from './sql/sql-memory.ts'

export interface MemoryDeps {
  db: Pick<Database, 'read' | 'aside' | 'sql' | 'transaction' | 'write'>
  clock: Clock
  /** Of changes, by tenant. */
  feed: ChangeFeed
  limits: Pick<Limits, 'memoryMaxValueBytes' | 'memoryMaxScopeBytes'>
  /** Where there is an embedder. */
  embedding?: Embedding | undefined
  /** Where agents may have databases. */
  sql?: { memory: SqlMemory; audit: AuditOptions } | undefined
}

export type MemoryOp<N extends OpName<typeof memoryOps>> = OpImplementation<typeof memoryOps, N>
