import { edgesFrom, stateOf } from '@loomcycle/proto/teams'
import { isLive } from '../../engine/rows/run-record.ts'
import { findRun } from '../../engine/rows/runs.ts'
import { findChunk } from '../documents/store/chunks.ts'
import type { TeamContext } from './context.ts'
import { endStepRuns, endTeamRun } from './end-team-run.ts'
import { enterState } from './enter-state.ts'
import type { StepWork } from './make-step-run.ts'
import { endStep, listStepRuns } from './store.ts'
import { resultOf } from './take-result.ts'

/**
 * The card is somewhere else than its run: whoever moved it has decided where it goes on. A person takes it out of the
 * hands of the agents at work on it; an agent that has moved it itself may finish what it says. False where that is
 * waited for.
 */
export async function followCard(ctx: TeamContext, { run, graph, card }: Required<StepWork>): Promise<boolean> {
  const { db } = ctx
  if (!stateOf(graph, card!.status)) {
    const where = card!.status === '' ? 'off the board' : `to "${card!.status}", which is no state of it`
    await endTeamRun(ctx, run.id, { status: 'cancelled', error: `the card was moved ${where}` })
    return true
  }
  if (card!.actor.kind !== 'agent') await endStepRuns(ctx, run.id, 'the card was moved', run.step)
  const rows = await listStepRuns(db.read, run.id, run.step)
  for (const { run_id } of rows) {
    const worker = run_id === null ? undefined : await findRun(db, run_id)
    if (worker && isLive(worker)) return false
  }
  const made = rows.filter(({ run_id }) => run_id !== null)
  const output = made.length > 0 ? JSON.stringify((await resultOf(ctx, made)).said) : null
  await db.transaction(async (tx) => {
    const now = await findChunk(tx, run.place_id, run.chunk_id)
    if (!now || now.status === run.state || !stateOf(graph, now.status)) return
    const edge = edgesFrom(graph, run.state).find(({ to }) => to === now.status)
    const on = run.waits_for === 'person' && edge ? edge.on : 'moved'
    const at = ctx.clock.now()
    // What is capped has no step to leave.
    const left = await endStep(tx, run, { edge: on, next: now.status, reason: null, output, ended_at: at })
    if (left || run.waits_for === 'cap') await enterState(tx, run, graph, { state: now.status, output, at })
  })
  return true
}
