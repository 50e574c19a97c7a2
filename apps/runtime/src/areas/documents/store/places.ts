import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from '../../../ground/db/schema/index.ts'
import type { Place, PlaceScope } from '../../../ground/identity/place.ts'

type Db = Kysely<Schema>

/** Of a place where nothing has ever been; no row has it. */
const NOWHERE = 0

export async function findPlace(db: Db, place: Place): Promise<{ id: number; headSeq: number; relinked: number }> {
  const row = await db
    .selectFrom('document_places')
    .select(['id', 'head_seq', 'relinked'])
    .where((e) => e.and({ tenant_id: place.tenantId, scope: place.scope, scope_id: place.scopeId }))
    .executeTakeFirst()
  return row ? { id: row.id, headSeq: row.head_seq, relinked: row.relinked } : { id: NOWHERE, headSeq: 0, relinked: 0 }
}

/** For what is found by its own name: the plus keeps SQLite from looking through all that the place has. */
export function isIn(table: string, placeId: number): RawBuilder<boolean> {
  return sql<boolean>`+${sql.ref(`${table}.place_id`)} = ${placeId}`
}

export async function hasPlaces(db: Db): Promise<boolean> {
  return (await db.selectFrom('document_places').select('id').limit(1).executeTakeFirst()) !== undefined
}

export async function ensurePlace(tx: Db, place: Place): Promise<number> {
  const { id } = await findPlace(tx, place)
  if (id !== NOWHERE) return id
  const row = await tx
    .insertInto('document_places')
    .values({ tenant_id: place.tenantId, scope: place.scope, scope_id: place.scopeId })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function findPlaceById(db: Db, id: number): Promise<Place> {
  const row = await db.selectFrom('document_places').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return { tenantId: row.tenant_id, scope: row.scope as PlaceScope, scopeId: row.scope_id }
}
