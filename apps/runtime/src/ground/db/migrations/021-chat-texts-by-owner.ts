import { type Kysely, sql } from 'kysely'

/**
 * What was said is found by whose it is as well, within the index: otherwise the best of everybody's are looked for first,
 * and others' many hide one's own few. The index is made anew, in the background and before answers.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop table chat_texts`.execute(db)
  await sql`create virtual table chat_texts using fts5 (
    text, session_id unindexed, owners, tokenize = 'unicode61 remove_diacritics 2'
  )`.execute(db)
  await sql`insert into chat_texts (chat_texts, rank) values ('rank', 'bm25(1.0, 0.0, 0.0)')`.execute(db)
  await sql`delete from chat_indexed`.execute(db)
  await sql`insert or ignore into chat_unindexed (session_id, tenant_id) select id, tenant_id from sessions`.execute(db)
}
