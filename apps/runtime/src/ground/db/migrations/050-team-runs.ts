import { type Kysely, sql } from 'kysely'

/**
 * Runs of teams, the steps each has taken, and the runs that work in a step. All that such a run consists of is in these
 * rows: whoever looks can bring it forward, in commits that fail where somebody else has. A card has one at a time.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table team_runs (
      n integer primary key autoincrement,
      id text not null unique,
      tenant_id text not null,
      user_id text not null,
      name text not null,
      def_id text not null,
      status text not null,
      state text not null,
      step integer not null,
      iterations integer not null,
      max_iterations integer not null,
      input text not null,
      waits_on_cap integer not null,
      waits_for text,
      place_id integer not null,
      scope text not null,
      document_id text not null,
      chunk_id text not null,
      parent_run_id text,
      parent_tool_use_id text,
      root_run_id text,
      depth integer not null,
      asked_by text not null,
      trace_id text,
      final_output text,
      error text,
      created_at integer not null,
      ended_at integer
    )`.execute(db)
  await sql`create unique index live_team_runs_by_card on team_runs (place_id, chunk_id)
    where ended_at is null and chunk_id <> ''`.execute(db)
  await sql`create index live_team_runs on team_runs (n) where ended_at is null`.execute(db)
  await sql`create index team_runs_by_call on team_runs (parent_run_id, parent_tool_use_id)
    where parent_run_id is not null`.execute(db)
  await sql`create index team_runs_by_card on team_runs (document_id, chunk_id, n) where document_id <> ''`.execute(db)
  await sql`create index team_runs_by_name on team_runs (tenant_id, name, n)`.execute(db)
  await sql`
    create table team_steps (
      team_run_id text not null,
      step integer not null,
      state text not null,
      edge text,
      next text,
      reason text,
      output text,
      began_at integer not null,
      ended_at integer,
      primary key (team_run_id, step)
    ) without rowid`.execute(db)
  await sql`
    create table team_step_runs (
      team_run_id text not null,
      step integer not null,
      place integer not null,
      agent text not null,
      run_id text,
      error text,
      primary key (team_run_id, step, place)
    ) without rowid`.execute(db)
  await sql`create unique index team_step_runs_by_run on team_step_runs (run_id) where run_id is not null`.execute(db)
}
