import { type Kysely, sql } from 'kysely'

/**
 * Agents that conversations have of their own: another one with other settings. `run_agents` is what the run that waits
 * in such a conversation goes on with, and what it began with, to go back to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table derived_agents (
      tenant_id text not null,
      name text not null,
      user_id text not null,
      session_id text references sessions (id) on delete cascade,
      base text not null,
      base_def_id text,
      overrides text not null,
      created_at integer not null,
      primary key (tenant_id, name)
    ) without rowid`.execute(db)
  await sql`create unique index derived_agents_by_session on derived_agents (session_id) where session_id is not null`.execute(
    db,
  )
  await sql`create index unused_derived_agents on derived_agents (tenant_id, user_id, created_at) where session_id is null`.execute(
    db,
  )
  await sql`
    create table run_agents (
      run_id text primary key references runs (id) on delete cascade,
      def_id text,
      provider text,
      model text,
      began_def_id text,
      began_provider text,
      began_model text
    ) without rowid`.execute(db)
}
