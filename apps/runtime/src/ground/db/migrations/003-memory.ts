import { type Kysely, sql } from 'kysely'

/** Vectors beside the values they describe, and what was asked of agents' own databases. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table memory_vectors (
      tenant_id text not null,
      scope text not null,
      scope_id text not null,
      key text not null,
      provider text not null,
      model text not null,
      dimension integer not null,
      vector blob not null,
      text text,
      hits integer not null default 0,
      written_at integer not null,
      expires_at integer,
      primary key (tenant_id, scope, scope_id, key),
      foreign key (tenant_id, scope, scope_id, key)
        references memory (tenant_id, scope, scope_id, key) on delete cascade
    ) without rowid`.execute(db)

  await sql`
    create table sql_audit (
      n integer primary key,
      at integer not null,
      tenant_id text not null,
      scope text not null,
      scope_id text not null,
      run_id text not null,
      agent text not null,
      user_id text not null,
      op text not null,
      statement text,
      args text,
      rows integer,
      duration_ms integer not null,
      error text
    )`.execute(db)
  await sql`create index sql_audit_by_run on sql_audit (run_id, n)`.execute(db)
  await sql`create index sql_audit_by_age on sql_audit (at)`.execute(db)
}
