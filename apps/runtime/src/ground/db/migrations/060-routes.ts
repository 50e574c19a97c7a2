import { type Kysely, sql } from 'kysely'

/** What a run may run on, as that was when it began, and what it has fallen back to since. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table runs add column route text`.execute(db)
  await sql`alter table run_agents add column route text`.execute(db)
  await sql`alter table run_agents add column began_route text`.execute(db)
}
