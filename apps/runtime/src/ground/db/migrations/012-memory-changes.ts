import { type Kysely, sql } from 'kysely'

/** What was last done to each key of memory, in the order of the commits. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table memory_changes (
      tenant_id text not null,
      scope text not null,
      scope_id text not null,
      key text not null,
      type text not null,
      seq integer not null,
      at integer not null,
      primary key (tenant_id, scope, scope_id, key)
    ) without rowid`.execute(db)
  await sql`create unique index memory_changes_in_order on memory_changes (tenant_id, seq)`.execute(db)
  await sql`create index memory_changes_deleted on memory_changes (at) where type = 'memory.delete'`.execute(db)
  await sql`
    insert into memory_changes
    select tenant_id, scope, scope_id, key, 'memory.set',
      row_number() over (partition by tenant_id order by updated_at, scope, scope_id, key), updated_at
    from memory`.execute(db)
}
