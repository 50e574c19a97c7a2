import { documentOps, pathOps, type RuntimeError } from '@loomcycle/proto'
import { onTestFinished } from 'vitest'
import { ChangeFeed } from '../../../engine/feeds/change-feed.ts'
import type { Database } from '../../../ground/db/database.ts'
import { DocumentQuotas } from '../../../ground/quotas/document-quotas.ts'
import { tempDatabase } from '../../../testing/temp-database.ts'
import { createOpDispatcher } from '../../../tools/op-set.ts'
import { aToolScope } from '../../../tools/testing/a-tool-scope.ts'
import { createPathOps } from '../../paths/ops/index.ts'
import { agentCaller, type PlaceCaller } from '../../paths/place.ts'
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
  const documents = createOpDispatcher(documentOps, createDocumentOps(deps))
  const paths = createOpDispatcher(pathOps, createPathOps(deps))
  const as = (caller: PlaceCaller) => ({
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
  const person: PlaceCaller = {
    actor: { kind: 'user', id: 'ada' },
    person: 'ada',
    placeFor: (scope) => ({
      tenantId: 'default',
      scope,
      scopeId: scope === 'user' ? 'ada' : scope === 'agent' ? 'writer' : '',
    }),
  }
  const asAgent = (runId = 'r_1', scope: Parameters<typeof aToolScope>[0] = {}) =>
    as(agentCaller(aToolScope({ runId, ...scope })))
  const ada = as(person)
  return {
    db,
    deps,
    clock,
    ...ada,
    as,
    asAgent,
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
