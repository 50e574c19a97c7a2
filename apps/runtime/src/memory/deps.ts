import type { memoryOps, OpName } from '@loomcycle/proto'
import type { Clock } from '../clock.ts'
import type { Limits } from '../config/config.ts'
import type { Database } from '../db/database.ts'
import type { ChangeFeed } from '../feeds/change-feed.ts'
import type { AuditOptions } from '../sql-memory/audit.ts'
import type { SqlMemory } from '../sql-memory/sql-memory.ts'
import type { OpImplementation } from '../tools/op-set.ts'
import type { OpContext } from '../tools/op-tool.ts'
import type { Embedding } from './embedding.ts'

export interface MemoryDeps {
  db: Pick<Database, 'read' | 'sql' | 'transaction' | 'write'>
  clock: Clock
  /** Of changes, by tenant. */
  feed: ChangeFeed
  limits: Pick<Limits, 'memoryMaxValueBytes' | 'memoryMaxScopeBytes'>
  /** Where there is an embedder. */
  embedding?: Embedding | undefined
  /** Where agents may have databases. */
  sql?: { memory: SqlMemory; audit: AuditOptions } | undefined
}

export type MemoryOp<N extends OpName<typeof memoryOps>> = OpImplementation<typeof memoryOps, N, OpContext>
