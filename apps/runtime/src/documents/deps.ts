import type { DocumentChange, documentOps, OpName } from '@loomcycle/proto'
import type { Publication } from '../channels/publish.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/database.ts'
import type { Embedder } from '../embedders/embedder.ts'
import type { ChangeFeed } from '../feeds/change-feed.ts'
import type { Place } from '../identity/place.ts'
import type { PlaceCaller } from '../paths/place.ts'
import type { DocumentQuotas } from '../quotas/document-quotas.ts'
import type { SqlSandbox } from '../sql-sandbox/sql-sandbox.ts'
import type { OpImplementation } from '../tools/op-set.ts'
import type { Leftovers } from './leftovers.ts'

export interface DocumentDeps {
  db: Pick<Database, 'read' | 'transaction'>
  clock: Clock
  feed: ChangeFeed
  quotas: DocumentQuotas
  /** What a change leaves to be done after it. */
  leftovers: Leftovers
  /** Tells channels of a change, as part of its transaction. */
  toPublication?: (place: Place, change: DocumentChange) => Publication
  /** Where queries in SQL run, and over which database file. */
  sql?: { sandbox: Pick<SqlSandbox, 'querySnapshot'>; file: string }
  /** With it, chunks are found by what they mean as well. */
  embedder?: Embedder | undefined
}

export type DocumentOp<N extends OpName<typeof documentOps>> = OpImplementation<typeof documentOps, N, PlaceCaller>
