import { type Kysely, sql } from 'kysely'

/**
 * Volumes that were made at run time. Where their files are is said by no row: it follows from the tenant, the run and
 * the name. Without a run they are the tenant's; otherwise they go when the run's whole tree has ended.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table volumes (
      tenant_id text not null,
      root_run_id text not null,
      name text not null,
      mode text not null,
      mount text,
      created_by text not null,
      created_at integer not null,
      updated_at integer not null,
      primary key (tenant_id, root_run_id, name)
    )`.execute(db)
  await sql`create index volumes_of_runs on volumes (root_run_id) where root_run_id <> ''`.execute(db)
}
