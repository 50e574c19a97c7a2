import { type Kysely, type RawBuilder, sql } from 'kysely'
import { asJsonList } from '../../../ground/db/dialect.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { isIn } from './places.ts'

type Db = Kysely<Schema>

/** Only while something comes or goes do tags have to be looked at one by one. */
const isLive = sql<boolean>`(
  not exists (select 1 from hidden_batches) or exists (select 1 from live_chunks as c where c.id = chunk_id))`

/** Of each chunk in a table, in order, as the text of a JSON list. */
export function tagsOf(table: string): RawBuilder<string> {
  return sql<string>`(select ${asJsonList('tag')} from (
    select tag from chunk_tags where chunk_id = ${sql.ref(`${table}.id`)} order by tag) as tags)`
}

const few = 1000

/** Whether a place has so few that they are soon counted. */
export async function hasFewTags(db: Db, placeId: number): Promise<boolean> {
  const { rows } = await sql`select 1 from chunk_tags where place_id = ${placeId} limit ${few + 1}`.execute(db)
  return rows.length <= few
}

/** The commonest first; of a chunk, a document or the place. */
export async function countTags(
  db: Db,
  placeId: number,
  { chunkId, documentId }: { chunkId?: string | undefined; documentId?: string | undefined },
): Promise<Array<{ tag: string; count: number }>> {
  const isOfOne = chunkId !== undefined || documentId !== undefined
  let query = db
    .selectFrom('chunk_tags')
    .select((e) => ['tag', e.fn.countAll<number>().as('count')])
    .where(isOfOne ? isIn('chunk_tags', placeId) : sql<boolean>`place_id = ${placeId}`)
    .where(isLive)
  if (chunkId !== undefined) query = query.where('chunk_id', '=', chunkId)
  if (documentId !== undefined) {
    query = query.where(sql<boolean>`chunk_id in (select id from live_chunks where document_id = ${documentId})`)
  }
  return query.groupBy('tag').orderBy('count', 'desc').orderBy('tag').execute()
}

/** Other chunks with tags of this one, and with how many. */
export async function listSharingTags(
  db: Db,
  placeId: number,
  chunkId: string,
): Promise<Array<{ chunk_id: string; shared: number }>> {
  const { rows } = await sql<{ chunk_id: string; shared: number }>`
    select o.chunk_id, count(*) as shared
    from chunk_tags as t cross join chunk_tags as o
      on o.place_id = ${placeId} and o.tag = t.tag and o.chunk_id <> t.chunk_id
    where t.chunk_id = ${chunkId}
    group by o.chunk_id order by shared desc limit 100`.execute(db)
  return rows
}
