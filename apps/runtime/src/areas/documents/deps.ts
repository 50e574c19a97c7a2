import type { DocumentChange, documentOps, OpName } from '@loomcycle/proto'
import type { ChangeFeed } from '../../engine/feeds/change-feed.ts'
import type { Clock } from '../../ground/clock.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Place } from '../../ground/identity/place.ts'
import type { DocumentQuotas } from '../../ground/quotas/document-quotas.ts'
import type { UserSql } from '../../ground/sql-sandbox/user-sql.ts'
import type { Embedder } from '../../models/embedders/embedder.ts'
import type { OpImplementation } from '../../tools/op-set.ts'
import type { Publication } from '../channels/publish.ts'
import type { Leftovers } from './leftovers.ts'
import type { Presence } from './presence.ts'

export interface DocumentDeps {
  db: Pick<Database, 'read' | 'aside' | 'atOneMoment' | 'transaction'>
  clock: Clock
  feed: ChangeFeed
  quotas: DocumentQuotas
  /** What a change leaves to be done after it. */
  leftovers: Leftovers
  /** Starts agents with cards, where there are agents. */
  cardStarts?: { begin(): void; agentNames(tenantId: string): Promise<readonly string[]> }
  /** Takes cards through the graphs of teams. */
  teamRuns?: { cardsChanged(documentId: string): void }
  /** Who has a document open. */
  presence?: Presence
  /** Tells channels of a change, as part of its transaction. */
  toPublication?: (place: Place, change: DocumentChange) => Publication
  /** Where queries in SQL run. */
  sql?: Pick<UserSql, 'ask' | 'dialect'>
  /** With it, chunks are found by what they mean as well. */
  embedder?: Embedder | undefined
}

export type DocumentOp<N extends OpName<typeof documentOps>> = OpImplementation<typeof documentOps, N>
