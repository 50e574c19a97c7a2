import { type Kysely, sql } from 'kysely'

/** All times are unix milliseconds; JSON is text. Every table carries the tenant. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sessions (
      id text primary key,
      tenant_id text not null,
      user_id text not null,
      agent text not null,
      created_at integer not null,
      last_activity integer not null,
      title text,
      opening text not null,
      pinned integer not null default 0,
      archived_at integer
    )`.execute(db)
  await sql`create index sessions_by_user on sessions (tenant_id, user_id, pinned desc, last_activity desc)`.execute(db)

  await sql`
    create table runs (
      id text primary key,
      session_id text not null references sessions (id) on delete cascade,
      tenant_id text not null,
      user_id text not null,
      agent text not null,
      agent_id text not null,
      parent_run_id text,
      parent_agent_id text,
      root_run_id text not null,
      status text not null,
      phase text,
      interactive integer not null,
      options text not null,
      history_after integer not null,
      first_seq integer not null,
      turns integer not null default 0,
      provider text,
      model text,
      input_tokens integer not null default 0,
      output_tokens integer not null default 0,
      cache_creation_tokens integer not null default 0,
      cache_read_tokens integer not null default 0,
      started_at integer not null,
      heartbeat_at integer,
      completed_at integer,
      stop_reason text,
      error text
    )`.execute(db)
  await sql`create index runs_by_session on runs (session_id, started_at desc)`.execute(db)
  await sql`create index runs_by_user on runs (tenant_id, user_id, started_at desc)`.execute(db)
  await sql`create index runs_by_agent_id on runs (tenant_id, agent_id, started_at desc)`.execute(db)
  await sql`create index runs_active on runs (phase) where status = 'running' and phase in ('queued', 'working')`.execute(
    db,
  )
  await sql`create unique index one_live_run_per_session on runs (session_id) where status = 'running'`.execute(db)
  await sql`create unique index one_live_run_per_agent_id on runs (tenant_id, agent_id) where status = 'running'`.execute(
    db,
  )

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
    ) without rowid`.execute(db)

  await sql`
    create table run_inputs (
      n integer primary key,
      id text not null unique,
      tenant_id text not null,
      run_id text not null references runs (id) on delete cascade,
      text text not null,
      source text not null,
      created_at integer not null
    )`.execute(db)
  await sql`create index run_inputs_by_run on run_inputs (run_id, n)`.execute(db)

  await sql`
    create table tool_calls (
      run_id text not null references runs (id) on delete cascade,
      tool_use_id text not null,
      tenant_id text not null,
      name text not null,
      started_at integer not null,
      finished_at integer,
      primary key (run_id, tool_use_id)
    ) without rowid`.execute(db)

  await sql`
    create table memory (
      tenant_id text not null,
      scope text not null,
      scope_id text not null,
      key text not null,
      value text not null,
      bytes integer not null,
      expires_at integer,
      created_at integer not null,
      updated_at integer not null,
      primary key (tenant_id, scope, scope_id, key)
    ) without rowid`.execute(db)
  await sql`create index memory_expiry on memory (expires_at) where expires_at is not null`.execute(db)
}
