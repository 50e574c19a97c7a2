import { type Kysely, sql } from 'kysely'

/** Lists that are read page by page follow an index: the types of a place by their names, and the chunks of a document. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index chunk_types_by_name on chunk_types (place_id, name, document_id)`.execute(db)
  await sql`create index chunks_by_document on chunks (document_id, id)`.execute(db)
}
