import { type Kysely, sql } from 'kysely'

/** How often a run was taken up without getting anywhere. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table runs add column tries integer not null default 0`.execute(db)
}
