import { type Kysely, sql } from 'kysely'

/** For who looks at a user's runs in whatever tenant, and at those of them that go on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index runs_of_user on runs (user_id, started_at desc)`.execute(db)
  await sql`create index live_runs_of_user on runs (user_id, started_at desc) where status = 'running'`.execute(db)
}
