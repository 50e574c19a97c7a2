import { type Kysely, sql } from 'kysely'

/**
 * Chunks that come or go together and are too many for one transaction. Whatever is asked for is asked of
 * `live_documents` and `live_chunks`, which leave out what is not there yet or not there any more. Numbers of batches are
 * never used twice, so a chunk that names one which is over is a chunk like any other. Links that may lead elsewhere than
 * before are looked at again a few at a time.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table chunk_batches (
      id integer primary key autoincrement,
      place_id integer not null,
      document_id text,
      state text not null
    )`.execute(db)
  await sql`alter table chunks add column batch integer`.execute(db)
  await sql`create index chunks_by_batch on chunks (batch) where batch is not null`.execute(db)

  await sql`create view hidden_batches as select * from chunk_batches where state <> 'marking'`.execute(db)
  await sql`
    create view live_documents as
    select * from documents
    where id not in (select document_id from hidden_batches where document_id is not null)`.execute(db)
  await sql`
    create view live_chunks as
    select * from chunks
    where (batch is null or batch not in (select id from hidden_batches))
      and document_id not in (select document_id from hidden_batches where document_id is not null)`.execute(db)
  await sql`drop view placed_chunks`.execute(db)
  await sql`
    create view placed_chunks as
    select c.*, s.base + c.slot as position, t.body, t.fields, t.preamble, t.markup, t.asset
    from live_chunks as c
    join chunk_shelves as s on s.document_id = c.document_id and s.parent_id = c.parent_id and s.shelf = c.shelf
    join chunk_contents as t on t.n = c.n`.execute(db)

  await sql`alter table document_places add column relinked integer not null default 0`.execute(db)
  await sql`
    create table chunk_relinks (
      id integer primary key autoincrement,
      place_id integer not null,
      document_id text not null,
      to_id text,
      target text,
      after_from text not null default '',
      after_target text not null default ''
    )`.execute(db)
  await sql`
    create table removed_chunks (
      batch integer not null,
      parent_id text not null,
      position integer not null,
      id text not null,
      chunk text not null,
      primary key (batch, parent_id, position, id)
    ) without rowid`.execute(db)
  await sql`
    create table removed_edges (
      batch integer not null,
      from_id text not null,
      to_id text not null,
      kind text not null,
      primary key (batch, from_id, to_id, kind)
    ) without rowid`.execute(db)
}
