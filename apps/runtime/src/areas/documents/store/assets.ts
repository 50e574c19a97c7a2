import type { Kysely } from 'kysely'
import type { Schema } from '../../../ground/db/schema/index.ts'

type Db = Kysely<Schema>

export interface Asset {
  hash: string
  media_type: string
  data: Uint8Array
}

/** The same bytes are kept once; what the log can bring back stays. */
export async function insertAsset(tx: Db, placeId: number, asset: Asset, now: number): Promise<void> {
  await tx
    .insertInto('chunk_assets')
    .values({ place_id: placeId, created_at: now, ...asset })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function findAsset(db: Db, placeId: number, hash: string): Promise<Asset | undefined> {
  return db
    .selectFrom('chunk_assets')
    .select(['hash', 'media_type', 'data'])
    .where((e) => e.and({ place_id: placeId, hash }))
    .executeTakeFirst()
}
