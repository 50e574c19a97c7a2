import { type Kysely, sql } from 'kysely'

/** A deleted session can be brought back for a while; it takes the sessions of its sub-agents along. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sessions add column deleted_at integer`.execute(db)
  await sql`create index sessions_deleted on sessions (deleted_at) where deleted_at is not null`.execute(db)
  await sql`create index runs_by_root on runs (root_run_id) where parent_run_id is not null`.execute(db)
}
