import { type Kysely, type Selectable, sql } from 'kysely'
import { inNumbers } from '../../../ground/db/dialect.ts'
import type { ChunkBatchesTable } from '../../../ground/db/schema/documents.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'

type Db = Kysely<Schema>
export type Batch = Selectable<ChunkBatchesTable>
export type BatchState = ChunkBatchesTable['state']

export async function insertBatch(
  tx: Db,
  placeId: number,
  { documentId, state }: { documentId: string | null; state: BatchState },
): Promise<number> {
  const { id } = await tx
    .insertInto('chunk_batches')
    .values({ place_id: placeId, document_id: documentId, state })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function setBatchState(tx: Db, id: number, state: BatchState): Promise<void> {
  await tx.updateTable('chunk_batches').set({ state }).where('id', '=', id).execute()
}

/** Its chunks are chunks like any others from here on, or there are none left. */
export async function deleteBatch(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom('chunk_batches').where('id', '=', id).execute()
}

/** Where nothing has come of it. */
export async function deleteMarks(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom('chunk_batches').where('id', '=', id).where('state', '=', 'marking').execute()
}

/** The oldest of those whose chunks are to be removed. */
export async function findBatchToPurge(db: Db): Promise<Batch | undefined> {
  return db
    .selectFrom('chunk_batches')
    .selectAll()
    .where('state', 'in', ['going', 'dropped'])
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** What a process that has ended was in the middle of: nothing was said of it to anybody. */
export async function dropUnfinishedBatches(tx: Db): Promise<void> {
  await tx.deleteFrom('chunk_batches').where('state', '=', 'marking').execute()
  await tx.updateTable('chunk_batches').set({ state: 'dropped' }).where('state', '=', 'coming').execute()
}

/** Has chunks go, or come, with a batch. */
export async function markChunks(tx: Db, batch: number, numbers: readonly number[]): Promise<void> {
  await sql`
    update chunks set batch = ${batch} where n in ${inNumbers(numbers)}`.execute(tx)
}

export async function countMarked(db: Db, batch: number): Promise<number> {
  const { n } = await db
    .selectFrom('chunks')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('batch', '=', batch)
    .executeTakeFirstOrThrow()
  return n
}

/** A condition on `chunks as c`: it is not on its way out. */
export const isStaying = sql<boolean>`(
  (c.batch is null or c.batch not in (select id from chunk_batches where state in ('going', 'dropped')))
  and c.document_id not in (
    select document_id from chunk_batches where state in ('going', 'dropped') and document_id is not null))`
