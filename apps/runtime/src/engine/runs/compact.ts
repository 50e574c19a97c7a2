import { type CompactRunResult, RuntimeError } from '@loomcycle/proto'
import type { Static } from 'typebox'
import type { AppContext } from '../../context.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import { newInputId } from '../../ground/ids.ts'
import { noPlace } from '../../models/calls/call-queue.ts'
import { isWithoutModel } from '../../models/routing/resolve.ts'
import type { Caller } from '../../tools/caller.ts'
import { wroteFirst } from '../log/store.ts'
import { compact } from '../loop/compaction.ts'
import { CompactionError } from '../loop/summarise.ts'
import { estimateTokens } from '../loop/tokens.ts'
import { fullness, windowOf } from '../loop/window.ts'
import type { WorkingRun } from '../loop/working-run.ts'
import { isLive, type RunRecord } from '../rows/run-record.ts'
import { findLatestRun } from '../rows/runs.ts'
import { dropWish, type Wish, wishCompactedAtRest } from '../rows/wishes.ts'
import { findVisibleRun } from './find-run.ts'
import type { HistoryRange } from './load-run.ts'
import { refuseWhileClosed } from './start-run.ts'

type Result = Static<typeof CompactRunResult>

/** Fewer messages than this are as short as they get. */
const minMessages = 4
/** Tokens that are no more than half of any window. */
const surelyShort = 500

/**
 * Compacts a conversation that is at rest: a parked run stays parked, and one that has ended leaves the summary for
 * whoever continues its session.
 */
export async function compactRun(ctx: AppContext, caller: Caller, runId: string): Promise<Result> {
  refuseWhileClosed(ctx)
  const { tenantId, userId, provider } = await findVisibleRun(ctx.db, caller, runId)
  await ctx.tokenLimits.admit({ tenantId, userId }, provider ?? '')
  let result: Result | undefined
  await ctx.engine.alone(runId, async (hold) => {
    const record = await findVisibleRun(ctx.db, caller, runId)
    await refuseBusy(ctx, record)
    const wish = isLive(record) ? await storeWish(ctx, record) : undefined
    let isLeft = false
    try {
      const run = await loadToCompact(ctx, record)
      hold(run)
      try {
        result = await compactAtRest(run, wish)
      } catch (error) {
        if (!wroteFirst(error) && !run.control.isLost) throw error
        isLeft = true
        throw busy()
      } finally {
        isLeft ||= run.control.suspend || run.control.isLost
      }
    } finally {
      // Where the process stops, or another one has the run, that one does it.
      if (wish && !result?.compacted && !isLeft) await ctx.db.write([dropWish(wish.id)])
    }
  })
  if (!result) throw busy()
  return result
}

/** On disk before anything else is done: the next process does it, should this one die. */
async function storeWish({ db, clock }: AppContext, { id: runId }: RunRecord): Promise<Pick<Wish, 'id'>> {
  const id = newInputId()
  try {
    await db.write([wishCompactedAtRest(runId, id, clock.now())])
  } catch (error) {
    if (error instanceof NothingChangedError) throw busy()
    throw error
  }
  return { id }
}

async function refuseBusy(ctx: AppContext, run: RunRecord) {
  if (run.state.status === 'running') {
    if (run.state.phase !== 'parked') throw busy()
    return
  }
  const latest = await findLatestRun(ctx.db, run.sessionId)
  if (latest && isLive(latest)) throw busy('The session has a run that has not ended; compact that one.')
}

/** A run, or the part of a log that would be its history, as it takes to summarise it. */
export async function loadToCompact(ctx: AppContext, record: RunRecord, range?: HistoryRange): Promise<WorkingRun> {
  try {
    return await ctx.loadRun(record, range)
  } catch (error) {
    if (!(error instanceof RuntimeError) || error.code !== 'unknown_agent') throw error
    throw new RuntimeError('agent_gone', `The agent ${record.agent} is not configured any more.`)
  }
}

async function compactAtRest(run: WorkingRun, wish: Pick<Wish, 'id'> | undefined): Promise<Result> {
  const run_id = run.record.id
  const tokens = estimateTokens(run.history.messages)
  const noop: Result = { run_id, compacted: false, before_tokens: tokens, after_tokens: tokens, applied: 'noop' }
  try {
    if (await isShort(run)) return noop
    const {
      compacted,
      beforeTokens: before_tokens,
      afterTokens: after_tokens,
    } = await compact(run, 'manual', await run.route(), wish)
    if (!compacted) return noop
    return { run_id, compacted, before_tokens, after_tokens, applied: isLive(run.record) ? 'live' : 'marker' }
  } catch (error) {
    if (error instanceof CompactionError || isWithoutModel(error)) throw compactionFailed(error)
    throw error
  }
}

/** Few messages, that fill no more than half of the window. */
export async function isShort(run: WorkingRun): Promise<boolean> {
  const { messages } = run.history
  if (messages.length >= minMessages) return false
  if (estimateTokens(messages) < surelyShort) return true
  const { used, of } = fullness(run, await windowOf(run, await run.route()))
  return used * 2 <= of
}

function busy(why = 'The run is not waiting for input; compact it when its turn has ended.') {
  return new RuntimeError('run_busy', why)
}

export function compactionFailed({ message, code }: CompactionError | RuntimeError) {
  const said = `The conversation could not be compacted: ${message}`
  return code === noPlace
    ? new RuntimeError(code, said, { retry_after_s: 5 })
    : new RuntimeError('compaction_failed', said)
}
