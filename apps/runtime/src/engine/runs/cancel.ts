import { RuntimeError } from '@loomcycle/proto'
import type { AppContext } from '../../context.ts'
import type { Caller } from '../../tools/caller.ts'
import { isLive } from '../rows/run-record.ts'
import { findRun } from '../rows/runs.ts'
import { findLiveRun, findVisibleRunByAgentId } from './find-run.ts'

/** Stops the turn in progress; the run parks and can be spoken to again. */
export async function cancelTurn(ctx: AppContext, caller: Caller, runId: string, reason: string | undefined) {
  const run = await findLiveRun(ctx.db, caller, runId)
  if (!run.interactive) {
    throw new RuntimeError(
      'not_interactive',
      'Only an interactive run can park; end this one with its agent_id instead.',
    )
  }
  const became = await ctx.engine.cancelTurn(run, reason)
  if (became === 'none') {
    throw new RuntimeError('not_mid_turn', 'The run is waiting for input; there is no turn to stop.')
  }
  const stopped = became === 'stopped'
  return { run_id: run.id, stopped, parked: stopped }
}

/** Ends a run and everything it started, whatever they are doing. */
export async function cancelAgent(ctx: AppContext, caller: Caller, agentId: string, reason: string | undefined) {
  const run = await findVisibleRunByAgentId(ctx.db, caller, agentId)
  const ended = isLive(run) ? await ctx.engine.end(run.id, reason || 'cancelled by api') : []
  if (ended[0] === run.id) {
    const children = await Promise.all(ended.slice(1).map((id) => findRun(ctx.db, id)))
    return {
      cancelled: true,
      agent_id: agentId,
      cancelled_count: ended.length,
      ...(children.length > 0 ? { cascaded: children.flatMap((child) => child?.agentId ?? []) } : {}),
      ...(reason ? { reason } : {}),
    }
  }
  const { state } = (await findRun(ctx.db, run.id)) ?? run
  return { cancelled: false, agent_id: agentId, cancelled_count: 0, status: state.status }
}
