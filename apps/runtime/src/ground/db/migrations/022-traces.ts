import { type Kysely, sql } from 'kysely'

/** Which trace a run belongs to, for whoever follows a request through several services. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table runs add column trace_id text`.execute(db)
}
