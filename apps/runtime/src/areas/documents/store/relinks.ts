import type { Kysely, Selectable } from 'kysely'
import type { ChunkRelinksTable } from '../../../ground/db/schema/documents.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'

type Db = Kysely<Schema>
export type Relink = Selectable<ChunkRelinksTable>

export async function insertRelink(
  tx: Db,
  relink: { place_id: number; document_id: string } & ({ to_id: string } | { target: string }),
): Promise<void> {
  await tx.insertInto('chunk_relinks').values(relink).execute()
}

export async function findRelink(db: Db): Promise<Relink | undefined> {
  return db.selectFrom('chunk_relinks').selectAll().orderBy('id').limit(1).executeTakeFirst()
}

/** Everything up to there is done. */
export async function moveRelink(tx: Db, id: number, { from_id, target }: { from_id: string; target: string }) {
  await tx
    .updateTable('chunk_relinks')
    .set({ after_from: from_id, after_target: target })
    .where('id', '=', id)
    .execute()
}

export async function deleteRelink(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom('chunk_relinks').where('id', '=', id).execute()
}
