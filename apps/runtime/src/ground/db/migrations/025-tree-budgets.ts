import { type Kysely, sql } from 'kysely'

/** What the agents of a tree have used since somebody last said something to its root; counted in the root's row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table runs add column tree_runs integer not null default 0`.execute(db)
  await sql`alter table runs add column tree_reserved integer not null default 0`.execute(db)
  await sql`alter table runs add column tree_calls integer not null default 0`.execute(db)
  await sql`alter table runs add column tree_tokens integer not null default 0`.execute(db)
}
