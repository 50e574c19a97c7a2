import { documentOps, pathOps, type RuntimeError } from '@loomcycle/proto'
import { onTestFinished } from 'vitest'
import { ChangeFeed } from '../../../engine/feeds/change-feed.ts'
import type { Database } from '../../../ground/db/database.ts'
import { DocumentQuotas } from '../../../ground/quotas/document-quotas.ts'
import { tempDatabase } from '../../../testing/temp-database.ts'
import type { Caller } from '../../../tools/caller.ts'
import { serveOps } from '../../../tools/op-set.ts'
import { aCaller, aRunCaller, type SomeRun } from '../../../tools/testing/a-caller.ts'
import { createPathOps } from '../../paths/ops/index.ts'
import type { DocumentDeps } from '../deps.ts'
import { Leftovers } from '../leftovers.ts'
import { createDocumentOps } from '../ops/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
type Answer = any
type Input = Record<string, unknown>

/** Documents over a real database, called the way an agent or a person calls. */
export async function someDocuments(changed: Partial<DocumentDeps> = {}, given?: Database) {
  const db = given ?? (await tempDatabase())
  const clock = { time: 1_000, now: () => ++clock.time, after: () => () => {} }
  const none = { documents: 0, chunks: 0, bytes: 0 }
  const quotas = new DocumentQuotas({ db, clock }, { perScope: none, perTenant: none })
  const leftovers = new Leftovers({ db, clock })
  const deps: DocumentDeps = { db, clock, feed: new ChangeFeed(), quotas, leftovers, ...changed }
  onTestFinished(() => deps.leftovers.stop())
  const documents = serveOps(documentOps, createDocumentOps(deps), { sideEffects: 'state' })
  const paths = serveOps(pathOps, createPathOps(deps), { sideEffects: 'state' })
  const as = (caller: Caller) => ({
    ask: (op: string, input: Input = {}): Promise<Answer> => documents.dispatch(caller, { op, ...input }),
    path: (op: string, input: Input = {}): Promise<Answer> => paths.dispatch(caller, { op, scope: 'user', ...input }),
    refusal: async (op: string, input: Input = {}): Promise<RuntimeError> => {
      try {
        await documents.dispatch(caller, { op, ...input })
      } catch (error) {
        return error as RuntimeError
      }
      throw new Error(`${op} was not refused`)
    },
  })
  const asAgent = (runId = 'r_1', scope: SomeRun = {}) => as(aRunCaller({ runId, ...scope }))
  const asPerson = (subject: string, tenantId = 'default') =>
    as(aCaller({ subject, tenantId, scopes: ['substrate:tenant'] }))
  const ada = asPerson('ada')
  return {
    db,
    deps,
    clock,
    ...ada,
    as,
    asAgent,
    asPerson,
    /** A document with chunks of these titles under its root. */
    async plan(...titles: string[]) {
      const document = await ada.ask('create_document', { title: 'Plan' })
      const { document_id, root_chunk_id } = document
      const ids: string[] = []
      for (const title of titles) {
        ids.push((await ada.ask('create_chunk', { document_id, parent_id: root_chunk_id, title })).id)
      }
      return { document_id, root_chunk_id, ids }
    },
    /** Titles of the children, in order. */
    async titlesUnder(parentId: string): Promise<string[]> {
      const { chunks } = await ada.ask('query_chunks', { parent_id: parentId, limit: 1000 })
      return chunks.map((chunk: { title: string }) => chunk.title)
    },
  }
}
