import { type Kysely, sql } from 'kysely'

/** What was said about runs. It outlives them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table evaluations (
      id text primary key,
      tenant_id text not null,
      run_id text not null,
      def_id text,
      agent text not null,
      score real not null,
      dimensions text,
      judgement text,
      rationale text,
      emitter_role text not null,
      emitter_agent_id text not null,
      emitter_run_id text not null,
      created_at integer not null
    )`.execute(db)
  await sql`create index evaluations_by_run on evaluations (tenant_id, run_id, created_at desc)`.execute(db)
  await sql`create index evaluations_by_agent on evaluations (tenant_id, agent, created_at desc)`.execute(db)
  await sql`create index evaluations_by_def on evaluations (tenant_id, def_id, created_at desc) where def_id is not null`.execute(
    db,
  )
}
