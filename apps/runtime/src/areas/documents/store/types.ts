import type { Kysely } from 'kysely'
import type { Schema } from '../../../ground/db/schema/index.ts'

type Db = Kysely<Schema>

export interface TypeRow {
  name: string
  document_id: string
  /** JSON. */
  fields: string
}

export async function putType(tx: Db, placeId: number, type: TypeRow, now: number): Promise<void> {
  await tx
    .insertInto('chunk_types')
    .values({ place_id: placeId, created_at: now, ...type })
    .onConflict((conflict) =>
      conflict.columns(['place_id', 'document_id', 'name']).doUpdateSet({ fields: type.fields }),
    )
    .execute()
}

export async function deleteType(
  tx: Db,
  placeId: number,
  { document_id, name }: Omit<TypeRow, 'fields'>,
): Promise<void> {
  await tx
    .deleteFrom('chunk_types')
    .where((e) => e.and({ place_id: placeId, document_id, name }))
    .execute()
}

export async function deleteTypesOf(tx: Db, placeId: number, documentId: string): Promise<void> {
  await tx
    .deleteFrom('chunk_types')
    .where((e) => e.and({ place_id: placeId, document_id: documentId }))
    .execute()
}

/** Undefined where it is not declared exactly there. */
export async function findTypeAt(
  db: Db,
  placeId: number,
  documentId: string,
  name: string,
): Promise<TypeRow | undefined> {
  return db
    .selectFrom('chunk_types')
    .select(['name', 'document_id', 'fields'])
    .where((e) => e.and({ place_id: placeId, document_id: documentId, name }))
    .executeTakeFirst()
}

/** Of one document alone, or of those that hold everywhere. */
export async function countTypesAt(db: Db, placeId: number, documentId: string): Promise<number> {
  const { n } = await db
    .selectFrom('chunk_types')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where((e) => e.and({ place_id: placeId, document_id: documentId }))
    .executeTakeFirstOrThrow()
  return n
}

/** As it holds in a document: its own, else everybody's. */
export async function findType(
  db: Db,
  placeId: number,
  documentId: string,
  name: string,
): Promise<TypeRow | undefined> {
  return (await findTypeAt(db, placeId, documentId, name)) ?? findTypeAt(db, placeId, '', name)
}

/** Of one document with those that hold everywhere, or all there are. */
export async function listTypes(db: Db, placeId: number, documentId?: string): Promise<TypeRow[]> {
  let query = db.selectFrom('chunk_types').select(['name', 'document_id', 'fields']).where('place_id', '=', placeId)
  if (documentId !== undefined) query = query.where('document_id', 'in', ['', documentId])
  return query.orderBy('name').orderBy('document_id').execute()
}
