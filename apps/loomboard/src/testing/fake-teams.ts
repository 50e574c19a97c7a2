import type { TeamRunSummary } from '@loomcycle/client'
import type { Graph } from '@loomcycle/proto/teams'
import { Refusal } from './fake-documents.ts'

// biome-ignore lint/suspicious/noExplicitAny: the contract's schemas are checked where the runtime is
type Input = any

/** Teams, each in one version that is in use, and the runs that take cards through them. */
export class FakeTeams {
  readonly graphs = new Map<string, Graph>()
  readonly runs: TeamRunSummary[] = []

  answer(input: Input): unknown {
    switch (input.op) {
      case 'verify':
        return this.verified(input.name)
      case 'get':
        return this.version(input.def_id.replace('tdf_', ''))
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
        throw new Refusal(`${input.op}: there is no such op`, { tool: 'TeamDef' })
    }
  }

  private verified(name: string): unknown {
    const deployed = this.graphs.has(name)
    const current = deployed ? { current_def_id: `tdf_${name}`, version: 1 } : { current_def_id: '', version: 0 }
    return { name, matches: deployed, current_sha256: deployed ? name : '', ...current, deployed }
  }

  private version(name: string): unknown {
    const definition = this.graphs.get(name)
    if (!definition) throw new Refusal(`get: there is no version of ${name}`, { tool: 'TeamDef' })
    return {
      ...{ def_id: `tdf_${name}`, name, version: 1, created_at: '2026-06-01T10:00:00Z', retired: false },
      ...{ created_by_agent_id: 'a_http-admin', bootstrapped_from_static: false, content_sha256: name, definition },
    }
  }

  private run({ team_run_id }: Input): TeamRunSummary {
    const run = this.runs.find((one) => one.team_run_id === team_run_id)
    if (!run) throw new Refusal(`there is no run ${team_run_id} of a team`, { tool: 'TeamDef' })
    return run
  }
}

const isCapped = ({ capped_state, ended_at }: TeamRunSummary) => capped_state !== undefined && ended_at === undefined

function fits(run: TeamRunSummary, { board_document_id, board_chunk_id, live, capped }: Input): boolean {
  return (
    (board_document_id === undefined || run.board_document_id === board_document_id) &&
    (board_chunk_id === undefined || run.board_chunk_id === board_chunk_id) &&
    (!live || run.ended_at === undefined) &&
    (!capped || isCapped(run))
  )
}
