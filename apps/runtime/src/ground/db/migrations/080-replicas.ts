import { type Kysely, sql } from 'kysely'

/**
 * Who uses the store: one row a process, of which each has its own name, and is another instance each time it comes. Who
 * listens to runs that live only as long as somebody does, how many places of each user are taken, and who has which chore.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table replicas (
      id text primary key not null,
      instance text not null unique,
      hostname text not null,
      version text not null,
      started_at integer not null,
      heartbeat_at integer not null,
      running integer not null
    ) without rowid`.execute(db)
  await sql`
    create table run_callers (
      run_id text not null references runs (id) on delete cascade,
      instance text not null,
      primary key (run_id, instance)
    ) without rowid`.execute(db)
  await sql`
    create table user_places (
      user_id text not null,
      instance text not null,
      n integer not null,
      primary key (user_id, instance)
    ) without rowid`.execute(db)
  await sql`
    create table chores (
      name text primary key not null,
      owner text not null
    ) without rowid`.execute(db)
}
