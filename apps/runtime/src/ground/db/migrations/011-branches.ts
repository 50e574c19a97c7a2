import { type Kysely, sql } from 'kysely'

/** Which session another one was copied from, and up to which event. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sessions add column branched_from text references sessions (id) on delete set null`.execute(db)
  await sql`alter table sessions add column branched_seq integer`.execute(db)
  await sql`create index sessions_by_source on sessions (branched_from) where branched_from is not null`.execute(db)
}
