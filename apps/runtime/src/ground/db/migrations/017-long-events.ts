import { type Kysely, sql } from 'kysely'

/**
 * Events that may be very long, and how much is stored in each session. Without row numbers the long ones stood in the
 * inner nodes of the tree, where every search that came past copied all of them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table events rename to events_in_tree`.execute(db)
  await sql`
    create table events (
      session_id text not null,
      seq integer not null,
      tenant_id text not null,
      run_id text not null,
      at integer not null,
      type text not null,
      payload text not null,
      primary key (session_id, seq)
    )`.execute(db)
  await sql`insert into events select session_id, seq, tenant_id, run_id, at, type, payload from events_in_tree
    order by session_id, seq`.execute(db)
  await sql`drop table events_in_tree`.execute(db)

  await sql`alter table sessions add column bytes integer not null default 0`.execute(db)
  await sql`update sessions set bytes = (
    select coalesce(sum(octet_length(payload)), 0) from events where session_id = sessions.id
  )`.execute(db)
  await sql`create index sessions_by_owner on sessions (tenant_id, user_id, bytes) where deleted_at is null`.execute(db)
  // For who looks at everybody's.
  await sql`create index sessions_by_activity on sessions (pinned desc, last_activity desc, id)`.execute(db)
}
