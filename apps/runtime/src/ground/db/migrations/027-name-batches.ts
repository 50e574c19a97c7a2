import { type Kysely, sql } from 'kysely'

/**
 * Names that come or go together and are too many for one transaction, as chunks do: whatever is asked for is asked of
 * `live_dirents`. Numbers of batches are never used twice, so a name with the number of one that is over is like any other.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table name_batches (
      id integer primary key autoincrement,
      tenant_id text not null,
      scope text not null,
      scope_id text not null,
      state text not null
    )`.execute(db)
  await sql`alter table dirents add column batch integer`.execute(db)
  await sql`create index dirents_by_batch on dirents (batch) where batch is not null`.execute(db)
  await sql`create view hidden_name_batches as select * from name_batches where state <> 'marking'`.execute(db)
  await sql`
    create view live_dirents as
    select * from dirents
    where batch is null or batch not in (select id from hidden_name_batches)`.execute(db)
}
