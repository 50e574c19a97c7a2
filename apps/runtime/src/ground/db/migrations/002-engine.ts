import { type Kysely, sql } from 'kysely'

/** What it takes to suspend a run, to own it, and to ask a person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table runs add column parent_tool_use_id text`.execute(db)
  await sql`alter table runs add column spawn_index integer not null default 0`.execute(db)
  await sql`alter table runs add column depth integer not null default 0`.execute(db)
  await sql`alter table runs add column awaited_state text`.execute(db)
  await sql`alter table runs add column awaited_on text`.execute(db)
  await sql`alter table runs add column lease_owner text`.execute(db)
  await sql`alter table runs add column lease_epoch integer not null default 0`.execute(db)
  await sql`create index runs_by_parent on runs (parent_run_id, parent_tool_use_id) where parent_run_id is not null`.execute(
    db,
  )
  await sql`create index live_children on runs (parent_run_id) where parent_run_id is not null and status = 'running'`.execute(
    db,
  )

  await sql`alter table tool_calls add column state text not null default 'started'`.execute(db)
  await sql`update tool_calls set state = 'finished' where finished_at is not null`.execute(db)
  await sql`alter table tool_calls add column answer text`.execute(db)
  await sql`create index tool_calls_suspended on tool_calls (state) where state in ('waiting', 'answered')`.execute(db)

  await sql`
    create table interrupts (
      id text primary key,
      tenant_id text not null,
      run_id text not null references runs (id) on delete cascade,
      session_id text not null,
      tool_use_id text,
      user_id text not null,
      agent_id text not null,
      agent_name text not null,
      kind text not null,
      status text not null,
      question text not null,
      options text not null,
      context_data text,
      priority text not null,
      answer text,
      created_at integer not null,
      expires_at integer,
      resolved_at integer,
      resolved_by text
    )`.execute(db)
  await sql`create index interrupts_by_run on interrupts (run_id, created_at desc)`.execute(db)
  await sql`create index interrupts_by_user on interrupts (tenant_id, user_id, created_at desc)`.execute(db)
  await sql`create index interrupts_due on interrupts (expires_at) where status = 'pending' and expires_at is not null`.execute(
    db,
  )

  await sql`
    create table runtime_state (
      id integer primary key check (id = 1),
      state text not null,
      changed_at integer not null
    )`.execute(db)

  await sql`
    create table idempotency_keys (
      tenant_id text not null,
      operation text not null,
      key text not null,
      request_hash text not null,
      result_id text not null,
      created_at integer not null,
      primary key (tenant_id, operation, key)
    ) without rowid`.execute(db)
  await sql`create index idempotency_keys_by_age on idempotency_keys (created_at)`.execute(db)
}
