import { type Kysely, sql } from 'kysely'

/** What is wished of a live run besides hearing something: stopping its turn, ending, compacting, leaving memory. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table run_inputs add column kind text not null default 'text'`.execute(db)
  await sql`create index run_wishes on run_inputs (run_id) where kind <> 'text'`.execute(db)
}
