import { type Kysely, sql } from 'kysely'

/**
 * What model calls took, added up by day and by run as each is made, and what may be used in a month. What was used
 * before is taken from the runs: as of the day they began, of the model they ran on last, and without a price.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const sums = sql`
    input_tokens integer not null,
    output_tokens integer not null,
    cache_creation_tokens integer not null,
    cache_read_tokens integer not null,
    calls integer not null,
    cost_micros integer not null,
    cost_picos integer not null`
  await sql`
    create table usage_days (
      tenant_id text not null,
      user_id text not null,
      day text not null,
      agent text not null,
      provider text not null,
      model text not null,
      source text not null,
      currency text not null,
      ${sums},
      primary key (tenant_id, user_id, day, agent, provider, model, source, currency)
    ) without rowid`.execute(db)
  await sql`create index usage_days_by_day on usage_days (day, tenant_id)`.execute(db)
  await sql`
    create table usage_runs (
      run_id text not null references runs (id) on delete cascade,
      day text not null,
      provider text not null,
      model text not null,
      source text not null,
      currency text not null,
      ${sums},
      primary key (run_id, day, provider, model, source, currency)
    ) without rowid`.execute(db)
  await sql`
    create table token_limits (
      scope text not null,
      tenant_id text not null,
      scope_id text not null,
      soft_limit integer,
      hard_limit integer,
      updated_at integer not null,
      updated_by text not null,
      primary key (scope, tenant_id, scope_id)
    ) without rowid`.execute(db)
  const day = sql`date(started_at / 1000, 'unixepoch')`
  const used = sql`from runs where provider is not null and model is not null
    and input_tokens + output_tokens + cache_creation_tokens + cache_read_tokens > 0`
  await sql`
    insert into usage_days select tenant_id, user_id, ${day}, agent, provider, model, 'operator', '', sum(input_tokens),
      sum(output_tokens), sum(cache_creation_tokens), sum(cache_read_tokens), sum(max(turns, 1)), 0, 0
    ${used} group by 1, 2, 3, 4, 5, 6`.execute(db)
  await sql`
    insert into usage_runs select id, ${day}, provider, model, 'operator', '', input_tokens, output_tokens,
      cache_creation_tokens, cache_read_tokens, max(turns, 1), 0, 0 ${used}`.execute(db)
}
