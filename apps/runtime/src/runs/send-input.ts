import { RuntimeError } from '@loomcycle/proto'
import type { AppContext } from '../context.ts'
import { NothingChangedError } from '../db/commit-writer.ts'
import type { Principal } from '../identity/principal.ts'
import { newInputId } from '../ids.ts'
import { findLiveRun } from './find-run.ts'
import { insertRunInput } from './store.ts'

/** Stores what somebody says to a live run before answering; the run takes it in at its next boundary. */
export async function sendInput(ctx: AppContext, principal: Principal, runId: string, text: string) {
  const trimmed = text.trim()
  if (trimmed === '') throw new RuntimeError('empty_input', 'text must not be empty')
  const run = await findLiveRun(ctx.db, principal, runId)
  const input = {
    id: newInputId(),
    text: trimmed,
    source: principal.viaCookie ? 'webui' : 'api',
    createdAt: ctx.clock.now(),
  } as const
  try {
    await ctx.db.write([insertRunInput(run.tenantId, run.id, input, ctx.config.limits.inputQueue)])
  } catch (error) {
    if (!(error instanceof NothingChangedError)) throw error
    await findLiveRun(ctx.db, principal, runId)
    throw new RuntimeError(
      'input_queue_full',
      'This run has as much waiting input as it takes; try again when it has caught up.',
      { retry_after_s: 1 },
    )
  }
  ctx.engine.inputArrived(run.id)
  return { run_id: run.id, delivered: true, input_id: input.id }
}
