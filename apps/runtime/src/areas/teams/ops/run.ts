import { teamCall } from '../../../engine/spawns/settle-call.ts'
import type { TeamContext, TeamOp } from '../context.ts'
import { startTeamRun } from '../start-team-run.ts'
import { findTeamRun } from '../store.ts'
import type { TeamRuns } from '../team-runs.ts'
import { toTeamRun } from '../to-team-run.ts'

/** A run that asks waits outside of memory; whoever else does, as long as their request. That it ends ends nothing. */
export function run(ctx: TeamContext, runs: TeamRuns): TeamOp<'run'> {
  return async (caller, input) => {
    const id = await startTeamRun(ctx, caller, input)
    if (caller.run) {
      return {
        waitsFor: { state: 'child', on: id, op: teamCall },
        events: [],
        statements: [],
        onCommit: () => runs.begin(id),
      }
    }
    runs.begin(id)
    if (input.wait !== false) await runs.untilEnded(id, caller.signal)
    return toTeamRun(ctx.db.read, (await findTeamRun(ctx.db.read, id))!)
  }
}
