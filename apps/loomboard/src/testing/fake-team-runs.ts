import type { TeamRunSummary } from '@loomcycle/client'
import { Refusal } from './fake-documents.ts'

// biome-ignore lint/suspicious/noExplicitAny: the contract's schemas are checked where the runtime is
type Input = any

/** The runs that take cards through teams. */
export class FakeTeamRuns {
  readonly runs: TeamRunSummary[] = []

  /** Undefined for what is not asked of runs. */
  answer(input: Input): object | undefined {
    switch (input.op) {
      case 'list_runs':
        return { runs: this.runs.filter((run) => fits(run, input)) }
      case 'continue_run': {
        const run = this.run(input)
        const continued = isCapped(run)
        if (continued) Object.assign(run, { status: 'running', waits_for: undefined, capped_state: undefined })
        return { team_run_id: run.team_run_id, continued }
      }
      case 'cancel_run': {
        const run = this.run(input)
        const cancelled = run.ended_at === undefined
        if (cancelled) Object.assign(run, { status: 'cancelled', ended_at: run.started_at })
        return { team_run_id: run.team_run_id, cancelled }
      }
      default:
        return undefined
    }
  }

  private run({ team_run_id }: Input): TeamRunSummary {
    const run = this.runs.find((one) => one.team_run_id === team_run_id)
    if (!run) throw new Refusal(`there is no run ${team_run_id} of a team`, { tool: 'TeamDef' })
    return run
  }
}

const isCapped = ({ capped_state, ended_at }: TeamRunSummary) => capped_state !== undefined && ended_at === undefined

function fits(run: TeamRunSummary, { name, board_document_id, board_chunk_id, live, capped }: Input): boolean {
  return (
    (name === undefined || run.name === name) &&
    (board_document_id === undefined || run.board_document_id === board_document_id) &&
    (board_chunk_id === undefined || run.board_chunk_id === board_chunk_id) &&
    (!live || run.ended_at === undefined) &&
    (!capped || isCapped(run))
  )
}
