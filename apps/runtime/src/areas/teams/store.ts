import type { TeamGraph } from '@loomcycle/proto'
import type { Insertable, Kysely, Selectable } from 'kysely'
import { findVersion } from '../../engine/definitions/store.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { TeamRunsTable, TeamStepRunsTable, TeamStepsTable } from '../../ground/db/schema/team-runs.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { parseJson } from '../../ground/json.ts'

type Db = Kysely<Schema>
export type TeamRunRow = Selectable<TeamRunsTable>
export type TeamStepRow = Selectable<TeamStepsTable>
export type TeamStepRunRow = Selectable<TeamStepRunsTable>

export async function insertTeamRun(tx: Db, row: Insertable<TeamRunsTable>): Promise<void> {
  await tx.insertInto('team_runs').values(row).execute()
}

export async function insertStep(
  tx: Db,
  { id, step }: Pick<TeamRunRow, 'id' | 'step'>,
  { state, agents, at }: { state: string; agents: readonly string[]; at: number },
): Promise<void> {
  const none = { edge: null, next: null, reason: null, output: null, ended_at: null }
  await tx
    .insertInto('team_steps')
    .values({ team_run_id: id, step, state, began_at: at, ...none })
    .execute()
  await insertStepRuns(tx, { id, step }, agents)
}

async function insertStepRuns(tx: Db, { id, step }: Pick<TeamRunRow, 'id' | 'step'>, agents: readonly string[]) {
  if (agents.length === 0) return
  const rows = agents.map((agent, place) => ({ team_run_id: id, step, place, agent, run_id: null, error: null }))
  await tx.insertInto('team_step_runs').values(rows).execute()
}

export async function findTeamRun(db: Db, id: string): Promise<TeamRunRow | undefined> {
  return db.selectFrom('team_runs').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The one that a card is in. */
export async function findLiveRunOfCard(db: Db, placeId: number, chunkId: string): Promise<TeamRunRow | undefined> {
  return db
    .selectFrom('team_runs')
    .selectAll()
    .where((e) => e.and({ place_id: placeId, chunk_id: chunkId }))
    .where('ended_at', 'is', null)
    .where('chunk_id', '<>', '')
    .executeTakeFirst()
}

/** The one that a call waits for, or is about to. */
export async function findRunOfCall(db: Db, runId: string, toolUseId: string): Promise<TeamRunRow | undefined> {
  return db
    .selectFrom('team_runs')
    .selectAll()
    .where((e) => e.and({ parent_run_id: runId, parent_tool_use_id: toolUseId }))
    .where('parent_run_id', 'is not', null)
    .orderBy('n', 'desc')
    .executeTakeFirst()
}

/** By the run that works in one of its steps. */
export async function findTeamRunIdOf(db: Db, runId: string): Promise<string | undefined> {
  const found = db.selectFrom('team_step_runs').select('team_run_id').where('run_id', '=', runId)
  return (await found.executeTakeFirst())?.team_run_id
}

export async function listLiveTeamRunIds(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('team_runs').select('id').where('ended_at', 'is', null).orderBy('n').execute()
  return rows.map(({ id }) => id)
}

/** Of the cards of a document. */
export async function listLiveTeamRunIdsIn(db: Db, documentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('team_runs')
    .select('id')
    .where((e) => e.and({ document_id: documentId }))
    .where('document_id', '<>', '')
    .where('ended_at', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

export async function listLiveTeamRunIdsOf(db: Db, by: { parentRunId: string } | { tenantId: string; name: string }) {
  const query = db.selectFrom('team_runs').select('id').where('ended_at', 'is', null)
  const found =
    'name' in by
      ? query.where((e) => e.and({ tenant_id: by.tenantId, name: by.name }))
      : query.where('parent_run_id', '=', by.parentRunId)
  return (await found.execute()).map(({ id }) => id)
}

/** Runs that go on for a run of a team that has ended: it was ended, and the process right after. */
export async function listForsakenStepRuns(db: Pick<Database, 'all'>): Promise<string[]> {
  const found = `select r.id from runs r join team_step_runs s on s.run_id = r.id join team_runs t on t.id = s.team_run_id
    where r.status = 'running' and t.ended_at is not null`
  return (await db.all<{ id: string }>(found, [])).map(({ id }) => id)
}

/** Runs of teams that have ended and whose call does not know it. */
export async function listUntoldTeamRunIds(db: Pick<Database, 'all'>): Promise<string[]> {
  const found = `select t.id from tool_calls c
    join team_runs t on t.parent_run_id = c.run_id and t.parent_tool_use_id = c.tool_use_id
    where c.state = 'waiting' and t.ended_at is not null`
  return (await db.all<{ id: string }>(found, [])).map(({ id }) => id)
}

/** What becomes of the call that asked for it: it waits, is about to, or has no use for it any more. */
export async function callStateOf(
  db: Pick<Database, 'all'>,
  { parent_run_id, parent_tool_use_id }: TeamRunRow,
): Promise<'waiting' | 'started' | 'gone'> {
  const found = `select c.state from tool_calls c join runs r on r.id = c.run_id
    where c.run_id = ? and c.tool_use_id = ? and r.status = 'running' and c.state in ('waiting', 'started')`
  const [row] = await db.all<{ state: 'waiting' | 'started' }>(found, [parent_run_id, parent_tool_use_id])
  return row?.state ?? 'gone'
}

export async function listSteps(db: Db, id: string): Promise<TeamStepRow[]> {
  return db.selectFrom('team_steps').selectAll().where('team_run_id', '=', id).orderBy('step').execute()
}

export async function listStepRuns(db: Db, id: string, step?: number): Promise<TeamStepRunRow[]> {
  let query = db.selectFrom('team_step_runs').selectAll().where('team_run_id', '=', id)
  if (step !== undefined) query = query.where('step', '=', step)
  return query.orderBy('step').orderBy('place').execute()
}

/** The last that ended before this one: of any state, or of one. */
export async function findStepBefore(
  db: Db,
  { id, step }: Pick<TeamRunRow, 'id' | 'step'>,
  state?: string,
): Promise<TeamStepRow | undefined> {
  let query = db.selectFrom('team_steps').selectAll().where('team_run_id', '=', id).where('step', '<', step)
  if (state !== undefined) query = query.where('state', '=', state)
  return query.orderBy('step', 'desc').limit(1).executeTakeFirst()
}

/** How often it has come to the state where it is. */
export async function countVisits(db: Db, { id, state }: Pick<TeamRunRow, 'id' | 'state'>): Promise<number> {
  const { n } = await db
    .selectFrom('team_steps')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where((e) => e.and({ team_run_id: id, state }))
    .executeTakeFirstOrThrow()
  return n
}

/** Together with the run. Fails where somebody was faster, or the step is over. */
export function markStepRun({ team_run_id, step, place }: TeamStepRunRow, runId: string): Statement {
  return {
    sql: `update team_step_runs set run_id = ? where team_run_id = ? and step = ? and place = ? and run_id is null and error is null
      and exists (select 1 from team_runs t where t.id = team_run_id and t.step = team_step_runs.step and t.ended_at is null)`,
    parameters: [runId, team_run_id, step, place],
    mustChange: true,
  }
}

export function refuseStepRun({ team_run_id, step, place }: TeamStepRunRow, error: string): Statement {
  return {
    sql: `update team_step_runs set error = ? where team_run_id = ? and step = ? and place = ? and run_id is null`,
    parameters: [error, team_run_id, step, place],
  }
}

/** In whose budget its runs are from now on. */
export function setRoot(id: string, rootRunId: string): Statement {
  return { sql: 'update team_runs set root_run_id = ? where id = ?', parameters: [rootRunId, id] }
}

/** False where it is somewhere else by now, or has ended. */
export async function endStep(
  tx: Db,
  { id, step }: Pick<TeamRunRow, 'id' | 'step'>,
  left: Pick<TeamStepRow, 'edge' | 'next' | 'reason' | 'output'> & { ended_at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('team_steps')
    .set(left)
    .where((e) => e.and({ team_run_id: id, step }))
    .where('ended_at', 'is', null)
    .where((e) =>
      e.exists(
        e
          .selectFrom('team_runs as t')
          .select('t.n')
          .where((t) => t.and({ 't.id': id, 't.step': step }))
          .where('t.ended_at', 'is', null),
      ),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Fails silently where it has ended; says whether it has not. */
export async function updateTeamRun(
  tx: Db,
  id: string,
  changes: Partial<
    Pick<
      TeamRunRow,
      | 'status'
      | 'state'
      | 'step'
      | 'iterations'
      | 'max_iterations'
      | 'waits_for'
      | 'final_output'
      | 'error'
      | 'ended_at'
    >
  >,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('team_runs')
    .set(changes)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The version it goes by; undefined where its team was deleted. */
export async function findGraph(db: Db, { tenant_id, def_id }: Pick<TeamRunRow, 'tenant_id' | 'def_id'>) {
  const row = await findVersion(db, tenant_id, 'TeamDef', def_id)
  return row && (parseJson(row.definition) as TeamGraph)
}

export interface TeamRunFilter {
  tenantId: string
  /** Undefined: whoever’s. */
  userId: string | undefined
  name?: string | undefined
  documentId?: string | undefined
  chunkId?: string | undefined
  live: boolean
  /** Waiting for somebody since its steps are used up. */
  capped: boolean
}

/** Newest first. */
export async function listTeamRuns(
  db: Db,
  { tenantId, userId, name, documentId, chunkId, live, capped }: TeamRunFilter,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<TeamRunRow[]> {
  let query = db.selectFrom('team_runs').selectAll().where('tenant_id', '=', tenantId)
  if (userId !== undefined) query = query.where('user_id', '=', userId)
  if (name !== undefined) query = query.where('name', '=', name)
  if (documentId !== undefined) query = query.where('document_id', '=', documentId).where('document_id', '<>', '')
  if (chunkId !== undefined) query = query.where('chunk_id', '=', chunkId)
  if (live || capped) query = query.where('ended_at', 'is', null)
  if (capped) query = query.where('waits_for', '=', 'cap')
  if (before !== undefined) query = query.where('n', '<', before)
  return query.orderBy('n', 'desc').limit(limit).execute()
}
