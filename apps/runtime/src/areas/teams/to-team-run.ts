import type { TeamRun, TeamRunSummary, TeamStep } from '@loomcycle/proto'
import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Said } from './step-task.ts'
import { listStepRuns, listSteps, type TeamRunRow, type TeamStepRow, type TeamStepRunRow } from './store.ts'

const iso = (at: number) => new Date(at).toISOString()

const waits = {
  person: 'a person moves the card on',
  cap: 'its steps are used up; continue_run lets it go on with as many again, cancel_run ends it',
  room: 'the column it goes to is full; it goes on when there is room',
}

/** A run of a team, as it goes over the wire. */
export function toTeamRunSummary(row: TeamRunRow): TeamRunSummary {
  const isOver = row.status === 'completed' || row.status === 'iteration_cap'
  const isCapped = row.status === 'iteration_cap' || row.waits_for === 'cap'
  return {
    team_run_id: row.id,
    name: row.name,
    def_id: row.def_id,
    status: row.status,
    state: row.state,
    ...(row.waits_for ? { waits_for: waits[row.waits_for] } : {}),
    ...(row.chunk_id === ''
      ? {}
      : { board_scope: row.scope, board_document_id: row.document_id, board_chunk_id: row.chunk_id }),
    ...(isOver ? { final_state: row.state } : {}),
    ...(row.final_output === null ? {} : { final_output: shown(row.final_output) }),
    ...(isCapped ? { capped_state: row.state } : {}),
    max_iterations: row.max_iterations,
    iteration_count: row.iterations,
    ...(row.error === null ? {} : { error: row.error }),
    started_at: iso(row.created_at),
    ...(row.ended_at === null ? {} : { ended_at: iso(row.ended_at) }),
  }
}

export async function toTeamRun(db: Kysely<Schema>, row: TeamRunRow): Promise<TeamRun> {
  const runs = Map.groupBy(await listStepRuns(db, row.id), ({ step }) => step)
  const steps = (await listSteps(db, row.id)).map((step) => toStep(step, runs.get(step.step) ?? []))
  return { ...toTeamRunSummary(row), steps }
}

function toStep(step: TeamStepRow, runs: readonly TeamStepRunRow[]): TeamStep {
  const made = runs.flatMap(({ agent, run_id }) => (run_id === null ? [] : [{ agent, run_id }]))
  return {
    state: step.state,
    ...(runs.length > 0 ? { agent: runs.map(({ agent }) => agent).join(', ') } : {}),
    ...(step.edge === null ? {} : { edge: step.edge }),
    ...(step.next === null ? {} : { next: step.next }),
    ...(step.reason === null ? {} : { reason: step.reason }),
    ...(step.output === null ? {} : { output: shown(step.output) }),
    ...(made.length > 0 ? { runs: made } : {}),
    began_at: iso(step.began_at),
    ...(step.ended_at === null ? {} : { ended_at: iso(step.ended_at) }),
  }
}

/** What one has said is text; of several, who said what. */
function shown(output: string): string | Said[] {
  const said = JSON.parse(output) as Said[]
  return said.length === 1 ? said[0]!.output : said
}
