import { type Kysely, sql } from 'kysely'

/**
 * Wishes that an agent works on a card: committed with the comment that mentions it, or with what brings the card into
 * its column, and gone in the commit of what it answers. A row without a run waits for its turn. Runs are found by the
 * card they are about.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table card_starts (
      n integer primary key autoincrement,
      tenant_id text not null,
      user_id text not null,
      place_id integer not null,
      document_id text not null,
      chunk_id text not null,
      comment_id text not null,
      status text not null,
      agent text not null,
      said text not null,
      asked_by text not null,
      tree text,
      created_at integer not null,
      run_id text
    )`.execute(db)
  await sql`create index card_starts_by_card on card_starts (document_id, chunk_id)`.execute(db)
  await sql`create index card_starts_in_line on card_starts (document_id, status, n) where run_id is null`.execute(db)
  await sql`create index card_starts_by_mention on card_starts (n) where run_id is null and comment_id <> ''`.execute(
    db,
  )
  await sql`create unique index card_starts_by_run on card_starts (run_id) where run_id is not null`.execute(db)
  await sql`
    create index runs_by_card on runs (
      options ->> '$.parentContext.board_document_id', options ->> '$.parentContext.board_chunk_id', started_at
    ) where options ->> '$.parentContext.board_document_id' is not null`.execute(db)
  await sql`
    create index live_runs_by_document on runs (options ->> '$.parentContext.board_document_id')
    where status = 'running' and options ->> '$.parentContext.board_document_id' is not null`.execute(db)
}
