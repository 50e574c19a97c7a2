import type { Kysely } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema/index.ts'
import { asOneOfMany } from '../in-slices.ts'
import { type Batch, deleteBatch, dropUnfinishedBatches, findBatchToPurge } from './store/batches.ts'
import { deleteChunks } from './store/chunks.ts'
import { deleteDocumentRow } from './store/documents.ts'
import { deleteEdges, deleteLinksFrom, listEdgesOf, relinkFrom } from './store/edges.ts'
import { keepChunks, keepEdges, listRemoved, type RemovedChunk } from './store/removed.ts'
import { unindexChunks } from './store/search.ts'

type Tx = Kysely<Schema>
type Deps = { db: Pick<Database, 'read' | 'transaction'>; clock: Pick<Clock, 'now'> }

const chunksAtOnce = 150
const edgesAtOnce = 500

/** Removes for good what is gone already for everybody, a little at a time; a process that starts goes on with it. */
export class Purge {
  readonly #deps: Deps
  #working: Promise<void> | undefined
  #stopped = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** For the start of a process, before anybody else writes. */
  async recover(): Promise<void> {
    await this.#deps.db.transaction(dropUnfinishedBatches)
    await this.run()
  }

  /** Resolves when nothing is left to remove. */
  run(): Promise<void> {
    this.#working ??= this.#purge().finally(() => (this.#working = undefined))
    return this.#working
  }

  /** The same, for nobody to wait for; what fails now is tried again with the next chores. */
  begin(): void {
    this.run().catch((error: unknown) => console.error('removing chunks:', error))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#working?.catch(() => {})
  }

  async #purge() {
    const { db, clock } = this.#deps
    for (let batch = await findBatchToPurge(db.read); batch; batch = await findBatchToPurge(db.read)) {
      const { id, document_id } = batch
      const step = () => db.transaction((tx) => removeSome(tx, batch as Batch, clock.now()))
      while (!this.#stopped && (await asOneOfMany(step)));
      if (this.#stopped) return
      await db.transaction(async (tx) => {
        if (document_id !== null) await deleteDocumentRow(tx, document_id)
        await deleteBatch(tx, id)
      })
    }
  }
}

/** One step; false when there was nothing left to do. */
async function removeSome(tx: Tx, batch: Batch, now: number): Promise<boolean> {
  const chunks = await listRemoved(tx, batch, chunksAtOnce)
  if (chunks.length === 0) return false
  // Of one that very many lead to, the links and edges go first.
  if (await takeEdges(tx, batch, chunks, now)) await removeForGood(tx, batch, chunks)
  return true
}

/** Those that are in the way of somebody who wants their keys. */
export async function removeAtOnce(tx: Tx, removed: ReadonlyArray<{ chunk: RemovedChunk; batch: Batch }>, now: number) {
  for (const { chunk, batch } of removed) {
    while (!(await takeEdges(tx, batch, [chunk], now)));
    await removeForGood(tx, batch, [chunk])
  }
}

/** Takes some of the links and edges that start or end here away; true when those were all. */
async function takeEdges(tx: Tx, batch: Batch, chunks: readonly RemovedChunk[], now: number): Promise<boolean> {
  const ids = chunks.map(({ id }) => id)
  const links = await deleteLinksFrom(tx, ids, edgesAtOnce)
  // Something else may have the same title.
  const leading = await relinkFrom(tx, ids, edgesAtOnce, now)
  const edges = await listEdgesOf(tx, ids, edgesAtOnce)
  if (batch.state === 'going')
    await keepEdges(
      tx,
      batch.id,
      edges.filter(({ auto }) => auto === 0),
    )
  await deleteEdges(tx, edges)
  return links < edgesAtOnce && leading < edgesAtOnce && edges.length < edgesAtOnce
}

async function removeForGood(tx: Tx, batch: Batch, chunks: readonly RemovedChunk[]) {
  if (batch.state === 'going')
    await keepChunks(
      tx,
      batch.id,
      chunks.filter(({ wasThere }) => wasThere),
    )
  await unindexChunks(tx, chunks)
  await deleteChunks(
    tx,
    chunks.map(({ id }) => id),
  )
}
