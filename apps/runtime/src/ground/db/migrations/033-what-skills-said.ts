import { type Kysely, sql } from 'kysely'

/** What skills of the configuration said when runs began, by its content's hash. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table skill_definitions (
      tenant_id text not null,
      id text not null,
      name text not null,
      definition text not null,
      created_at integer not null,
      primary key (tenant_id, id)
    ) without rowid`.execute(db)
}
