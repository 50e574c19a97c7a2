import { stateOf, usualIterations } from '@loomcycle/proto/teams'
import { afterCursor, type Listing, toCursor } from '../../../ground/cursor.ts'
import type { TeamContext, TeamOp } from '../context.ts'
import { enterState } from '../enter-state.ts'
import { getVisible } from '../find-visible.ts'
import { findGraph, findTeamRun, listTeamRuns, updateTeamRun } from '../store.ts'
import type { TeamRuns } from '../team-runs.ts'
import { toTeamRun, toTeamRunSummary } from '../to-team-run.ts'

export function getRun(ctx: TeamContext): TeamOp<'get_run'> {
  return async (caller, { team_run_id }) => toTeamRun(ctx.db.read, await getVisible(ctx, caller, team_run_id))
}

export function listRuns({ db }: TeamContext): TeamOp<'list_runs'> {
  return async (caller, input) => {
    const { name, board_document_id, board_chunk_id, live = false, capped = false, limit = 50, cursor } = input
    const filter = {
      ...{ tenantId: caller.tenantId, userId: caller.run || capped ? caller.userId : undefined },
      ...{ name, documentId: board_document_id, chunkId: board_chunk_id, live, capped },
    }
    const listing: Listing = ['teams.runs', filter]
    const [before] = afterCursor(cursor, listing, 1) ?? []
    const rows = await listTeamRuns(db.read, filter, { before: before as number | undefined, limit: limit + 1 })
    const page = rows.slice(0, limit)
    return {
      runs: page.map(toTeamRunSummary),
      ...(rows.length > limit ? { next_cursor: toCursor(listing, [page.at(-1)!.n]) } : {}),
    }
  }
}

export function cancelRun(ctx: TeamContext, runs: TeamRuns): TeamOp<'cancel_run'> {
  return async (caller, { team_run_id, reason }) => {
    const { id } = await getVisible(ctx, caller, team_run_id)
    return { team_run_id: id, cancelled: await runs.cancel(id, reason ?? `ended by ${caller.actor.id}`) }
  }
}

export function continueRun(ctx: TeamContext, runs: TeamRuns): TeamOp<'continue_run'> {
  return async (caller, { team_run_id }) => {
    const { id } = await getVisible(ctx, caller, team_run_id)
    const continued = await ctx.db.transaction(async (tx) => {
      const row = await findTeamRun(tx, id)
      const graph = row && (await findGraph(tx, row))
      if (row?.waits_for !== 'cap' || !graph || !stateOf(graph, row.state)) return false
      const max_iterations = row.max_iterations + (graph.max_iterations ?? usualIterations)
      await updateTeamRun(tx, id, { max_iterations })
      await enterState(tx, { ...row, max_iterations }, graph, { state: row.state, output: null, at: ctx.clock.now() })
      return true
    })
    runs.begin(id)
    return { team_run_id: id, continued }
  }
}
