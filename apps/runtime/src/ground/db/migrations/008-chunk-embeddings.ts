import { type Kysely, sql } from 'kysely'

/** What chunks mean, for searching; made when a search needs it, and gone with the chunk. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table chunk_embeddings (
      n integer primary key references chunks (n) on delete cascade,
      place_id integer not null,
      revision integer not null,
      headings text not null,
      provider text not null,
      model text not null,
      dimension integer not null,
      vector blob not null
    )`.execute(db)
  await sql`create index chunk_embeddings_by_place on chunk_embeddings (place_id)`.execute(db)
}
