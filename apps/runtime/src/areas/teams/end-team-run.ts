import type { TeamRunStatus } from '@loomcycle/proto'
import { isLive } from '../../engine/rows/run-record.ts'
import { findRun } from '../../engine/rows/runs.ts'
import { answerCall, findSuspendedCall } from '../../engine/rows/tool-calls.ts'
import { teamCall } from '../../engine/spawns/settle-call.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import type { TeamContext } from './context.ts'
import { findTeamRun, listStepRuns, updateTeamRun } from './store.ts'
import { toTeamRun } from './to-team-run.ts'

/** Ends a run of a team and whoever works for it; false where it had ended. */
export async function endTeamRun(
  ctx: TeamContext,
  id: string,
  { status, error }: { status: Extract<TeamRunStatus, 'failed' | 'cancelled'>; error: string },
): Promise<boolean> {
  const at = ctx.clock.now()
  const ended = await ctx.db.transaction((tx) =>
    updateTeamRun(tx, id, { status, error, waits_for: null, ended_at: at }),
  )
  if (ended) await endStepRuns(ctx, id, error)
  return ended
}

export async function endStepRuns(ctx: TeamContext, id: string, reason: string, step?: number): Promise<void> {
  for (const { run_id } of await listStepRuns(ctx.db.read, id, step)) {
    const run = run_id === null ? undefined : await findRun(ctx.db, run_id)
    if (run && isLive(run)) await ctx.endRun(run.id, reason)
  }
}

/** Answers the call that waits for a run of a team that has ended; whoever comes second does nothing. */
export async function tellCall(ctx: TeamContext, id: string): Promise<void> {
  const { db } = ctx
  const row = await findTeamRun(db.read, id)
  if (row?.ended_at == null || row.parent_run_id === null) return
  const call = await findSuspendedCall(db, row.parent_run_id, row.parent_tool_use_id!)
  if (call?.op !== teamCall) return
  const text = JSON.stringify(await toTeamRun(db.read, row))
  const isError = row.status === 'failed' || row.status === 'cancelled'
  try {
    await db.write([
      answerCall(row.parent_run_id, row.parent_tool_use_id!, { text, events: [], ...(isError ? { isError } : {}) }),
    ])
  } catch (error) {
    if (!(error instanceof NothingChangedError)) throw error
    return
  }
  ctx.wake(row.parent_run_id)
}
