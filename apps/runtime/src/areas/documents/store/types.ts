import { type Kysely, sql } from 'kysely'
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

/** Of one document alone. */
export async function listTypesAt(db: Db, placeId: number, documentId: string): Promise<TypeRow[]> {
  return db
    .selectFrom('chunk_types')
    .select(['name', 'document_id', 'fields'])
    .where((e) => e.and({ place_id: placeId, document_id: documentId }))
    .orderBy('name')
    .execute()
}

export type TypeKey = Pick<TypeRow, 'name' | 'document_id'>

/** A page of those of one document and those that hold everywhere, or of all there are; with what their fields come to. */
export async function listTypeKeys(
  db: Db,
  placeId: number,
  documentId: string | undefined,
  { after, limit }: { after: TypeKey | undefined; limit: number },
): Promise<Array<TypeKey & { bytes: number }>> {
  // All there are follow the index of names. Those of a document are few: the plus keeps SQLite from doing so for them.
  const name = documentId === undefined ? sql<string>`name` : sql<string>`+name`
  let query = db
    .selectFrom('chunk_types')
    .select(['name', 'document_id', sql<number>`octet_length(fields)`.as('bytes')])
    .where('place_id', '=', placeId)
  if (documentId !== undefined) query = query.where('document_id', 'in', ['', documentId])
  if (after) query = query.where(sql<boolean>`(${name}, document_id) > (${after.name}, ${after.document_id})`)
  return query.orderBy(name).orderBy('document_id').limit(limit).execute()
}

/** In the same order, as far as they are still there. */
export async function listTypes(db: Db, placeId: number, keys: readonly TypeKey[]): Promise<TypeRow[]> {
  const given = JSON.stringify(keys.map(({ name, document_id }) => [document_id, name]))
  return db
    .selectFrom('chunk_types')
    .select(['name', 'document_id', 'fields'])
    .where('place_id', '=', placeId)
    .where(sql<boolean>`(document_id, name) in (select value ->> 0, value ->> 1 from json_each(${given}))`)
    .orderBy('name')
    .orderBy('document_id')
    .execute()
}
