import { type Kysely, sql } from 'kysely'

/** What is said to a live run may be more than text. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table run_inputs add column segments text`.execute(db)
}
