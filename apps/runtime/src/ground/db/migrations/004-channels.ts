import { type Kysely, sql } from 'kysely'

/** Messages, how far they are read, and who waits for them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table channels (
      tenant_id text not null,
      name text not null,
      description text,
      scope text not null,
      semantic text not null,
      default_ttl integer,
      max_messages integer,
      publisher text,
      period text,
      created_at integer not null,
      primary key (tenant_id, name)
    ) without rowid`.execute(db)

  await sql`
    create table channel_messages (
      n integer primary key,
      tenant_id text not null,
      channel text not null,
      scope text not null,
      scope_id text not null,
      position text not null,
      payload text not null,
      published_at integer not null,
      published_by text not null,
      expires_at integer,
      deferred integer not null
    )`.execute(db)
  await sql`create unique index channel_messages_in_order on channel_messages (tenant_id, channel, scope, scope_id, position)`.execute(
    db,
  )
  await sql`create index channel_messages_deferred on channel_messages (position) where deferred = 1`.execute(db)
  await sql`create index channel_messages_expiry on channel_messages (expires_at) where expires_at is not null`.execute(
    db,
  )

  await sql`
    create table channel_cursors (
      tenant_id text not null,
      channel text not null,
      scope text not null,
      scope_id text not null,
      reader text not null,
      position text not null,
      moved_by text not null,
      updated_at integer not null,
      primary key (tenant_id, channel, scope, scope_id, reader)
    ) without rowid`.execute(db)

  await sql`
    create table channel_waiters (
      n integer primary key,
      run_id text not null references runs (id) on delete cascade,
      tool_use_id text not null,
      tenant_id text not null,
      wanted text not null,
      deadline integer not null,
      unique (run_id, tool_use_id)
    )`.execute(db)
  await sql`create index channel_waiters_by_deadline on channel_waiters (deadline)`.execute(db)

  await sql`
    create table channel_waits (
      tenant_id text not null,
      channel text not null,
      scope text not null,
      scope_id text not null,
      waiter integer not null references channel_waiters (n) on delete cascade,
      after text not null,
      primary key (tenant_id, channel, scope, scope_id, waiter)
    ) without rowid`.execute(db)
  await sql`create index channel_waits_by_waiter on channel_waits (waiter)`.execute(db)
}
