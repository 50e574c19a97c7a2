import { type Kysely, sql } from 'kysely'

/** What people and models say about conversations, and what was said in them, for searching. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table chat_notes (
      session_id text primary key references sessions (id) on delete cascade,
      tenant_id text not null,
      description text,
      tags text,
      summary text,
      summary_updated_at integer
    ) without rowid`.execute(db)

  await sql`create virtual table chat_texts using fts5 (
    text, session_id unindexed, tokenize = 'unicode61 remove_diacritics 2'
  )`.execute(db)

  await sql`
    create table chat_indexed (
      session_id text primary key references sessions (id) on delete cascade,
      tenant_id text not null,
      seq integer not null
    ) without rowid`.execute(db)

  await sql`
    create table chat_unindexed (
      session_id text primary key references sessions (id) on delete cascade,
      tenant_id text not null
    ) without rowid`.execute(db)
  await sql`insert into chat_unindexed (session_id, tenant_id) select id, tenant_id from sessions`.execute(db)
  // A run that comes to rest touches its session: what was said since waits to be indexed, however the process ends.
  await sql`
    create trigger sessions_touched after update of last_activity on sessions begin
      insert or ignore into chat_unindexed (session_id, tenant_id) values (new.id, new.tenant_id);
    end`.execute(db)
}
