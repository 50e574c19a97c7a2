import { type Kysely, sql } from 'kysely'

/**
 * What is defined at run time. A version is never changed, but for being retired; a name has a row of its own with which
 * version is active, so that whoever begins something reads one row, and two who define at once get two numbers.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table definitions (
      id text primary key,
      tenant_id text not null,
      family text not null,
      name text not null,
      version integer not null,
      parent_id text,
      definition text not null,
      description text not null,
      content_sha256 text not null,
      created_at integer not null,
      created_by text not null,
      created_by_agent_id text not null,
      created_by_run_id text,
      retired integer not null,
      bootstrapped integer not null
    )`.execute(db)
  await sql`create unique index definitions_by_name on definitions (tenant_id, family, name, version)`.execute(db)
  await sql`create index definitions_by_parent on definitions (parent_id) where parent_id is not null`.execute(db)
  await sql`create index bootstrapped_definitions on definitions (tenant_id, family, name) where bootstrapped = 1`.execute(
    db,
  )
  await sql`
    create table definition_names (
      tenant_id text not null,
      family text not null,
      name text not null,
      active_id text,
      active_retired integer not null,
      latest_version integer not null,
      version_count integer not null,
      live_count integer not null,
      updated_at integer not null,
      primary key (tenant_id, family, name)
    ) without rowid`.execute(db)
}
