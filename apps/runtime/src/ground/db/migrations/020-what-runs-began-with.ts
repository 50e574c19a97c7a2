import { type Kysely, sql } from 'kysely'

/** The definition a run began with, and the model: what is configured later is for later runs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table agent_definitions (
      tenant_id text not null,
      id text not null,
      name text not null,
      definition text not null,
      created_at integer not null,
      primary key (tenant_id, id)
    )`.execute(db)
  await sql`alter table runs add column agent_def_id text`.execute(db)
  await sql`alter table runs add column began_provider text`.execute(db)
  await sql`alter table runs add column began_model text`.execute(db)
}
