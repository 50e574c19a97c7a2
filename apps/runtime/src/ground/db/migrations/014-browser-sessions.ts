import { type Kysely, sql } from 'kysely'

/** Browsers that are signed in. Of the cookie and of the token there is a hash. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table browser_sessions (
      id text primary key,
      tenant_id text not null,
      subject text not null,
      secret_hash text not null unique,
      made_with text not null,
      created_at integer not null,
      last_used_at integer not null,
      address text not null,
      user_agent text not null
    )`.execute(db)
  await sql`create index browser_sessions_by_subject on browser_sessions (tenant_id, subject, last_used_at)`.execute(db)
}
