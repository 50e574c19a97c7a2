import { type Kysely, sql } from 'kysely'

/** How much is stored in each session, for who has to know how much somebody has. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sessions add column bytes integer not null default 0`.execute(db)
  await sql`update sessions set bytes = (
    select coalesce(sum(octet_length(payload)), 0) from events where session_id = sessions.id
  )`.execute(db)
  await sql`create index sessions_by_owner on sessions (tenant_id, user_id, bytes) where deleted_at is null`.execute(db)
  // For who looks at everybody's.
  await sql`create index sessions_by_activity on sessions (pinned desc, last_activity desc, id)`.execute(db)
}
