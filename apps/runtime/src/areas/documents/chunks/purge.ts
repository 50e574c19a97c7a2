import type { Kysely } from 'kysely'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { type Batch, deleteBatch } from '../store/batches.ts'
import { deleteChunks } from '../store/chunks.ts'
import { deleteDocumentRow } from '../store/documents.ts'
import { deleteEdges, deleteLinksFrom, listEdgesOf, listLinksTo, relink } from '../store/edges.ts'
import { keepChunks, keepEdges, listRemoved, type RemovedChunk } from '../store/removed.ts'
import { unindexChunks } from '../store/search.ts'

type Tx = Kysely<Schema>

const chunksAtOnce = 100
const edgesAtOnce = 500

/** One step; the last one removes the batch. */
export async function removeSome(tx: Tx, batch: Batch, now: number): Promise<void> {
  const chunks = await listRemoved(tx, batch, chunksAtOnce)
  if (chunks.length === 0) {
    if (batch.document_id !== null) await deleteDocumentRow(tx, batch.document_id)
    await deleteBatch(tx, batch.id)
  } else if (await takeEdges(tx, batch, chunks, now)) {
    // Of those that very many lead to, the links and edges went first.
    await removeForGood(tx, batch, chunks)
  }
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
  const leading = await listLinksTo(tx, ids, edgesAtOnce)
  await relink(tx, leading, now)
  const edges = await listEdgesOf(tx, ids, edgesAtOnce)
  if (batch.state === 'going')
    await keepEdges(
      tx,
      batch.id,
      edges.filter(({ auto }) => auto === 0),
    )
  await deleteEdges(tx, edges)
  return links < edgesAtOnce && leading.length < edgesAtOnce && edges.length < edgesAtOnce
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
