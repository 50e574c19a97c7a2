import { type Kysely, sql } from 'kysely'

/** What runs ended without taking in, until somebody takes it back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table returned_inputs (
      n integer primary key,
      id text not null unique,
      tenant_id text not null,
      session_id text not null references sessions (id) on delete cascade,
      run_id text not null,
      text text not null,
      segments text,
      created_at integer not null,
      taken_by text,
      taken_at integer
    )`.execute(db)
  await sql`create index returned_inputs_by_session on returned_inputs (session_id, taken_by)`.execute(db)
  await sql`create index returned_inputs_taken on returned_inputs (taken_at) where taken_at is not null`.execute(db)
}
