import { type Kysely, sql } from 'kysely'

/** Until when a run, or the turn of one that somebody talks to, may take. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table runs add column deadline integer`.execute(db)
  await sql`create index run_deadlines on runs (deadline) where deadline is not null`.execute(db)
}
