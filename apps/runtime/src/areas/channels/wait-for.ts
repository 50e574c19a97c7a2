import { inOneStep } from '../../engine/calls/in-one-step.ts'
import { report } from '../../ground/telemetry/telemetry.ts'
import type { Caller, RunCaller } from '../../tools/caller.ts'
import { withClamped } from '../../tools/clamped.ts'
import type { ToolSuspension } from '../../tools/tool.ts'
import type { ChannelContext } from './context.ts'
import { deliveryEvents } from './events.ts'
import { type Batch, commit, isSatisfied, readAll, type Wanted } from './receive.ts'
import { type Db, insertWaiter } from './store.ts'
import { settleWaiters } from './waiters.ts'

/** Longer waits take a run out of memory. */
const shortWaitMs = 1000
const longestWaitMs = 7 * 24 * 3_600_000

/**
 * Gives the caller what it wants at once or after a wait: in memory, where that is short or as long as a request lasts;
 * a run that waits for longer is suspended until it is there.
 */
export async function waitFor<T>(
  ctx: ChannelContext,
  caller: Caller,
  wanted: Wanted,
  waitMs: number,
  answer: (batches: readonly Batch[]) => T,
): Promise<T | ToolSuspension> {
  const { run, signal } = caller
  if (run && waitMs > shortWaitMs) {
    const deadline = ctx.clock.now() + Math.min(waitMs, longestWaitMs)
    return receiveOrSuspend(ctx, { ...caller, run }, wanted, deadline, answer)
  }
  const places = wanted.readings.map(({ place }) => place)
  const { channelLongPollMs: longest } = ctx.limits
  const wait = { waitMs: Math.min(waitMs, longest), signal }
  const outcome = await ctx.wakers.until(places, wait, (last) =>
    inOneStep(ctx, caller, async (tx) => {
      // An answer that nobody hears is none to be given again.
      if (run || caller.keyed) signal.throwIfAborted()
      // Whoever has gone would take messages along.
      const isGone = signal.aborted
      const batches = await read(tx, ctx, wanted)
      if (isGone) return { output: answer(batches), events: [] }
      return isSatisfied(wanted, batches) || last ? take(tx, ctx, wanted, batches, answer) : undefined
    }),
  )
  return withClamped(outcome!.output, waitMs > longest ? { wait_ms: longest } : {})
}

/** The waiter is written in the transaction that found nothing: whatever comes after it finds the waiter. */
async function receiveOrSuspend<T>(
  ctx: ChannelContext,
  caller: RunCaller,
  wanted: Wanted,
  deadline: number,
  answer: (batches: readonly Batch[]) => T,
): Promise<T | ToolSuspension> {
  const { id: runId, toolUseId } = caller.run
  let waiter = 0
  const outcome = await inOneStep(ctx, caller, async (tx) => {
    const batches = await read(tx, ctx, wanted)
    if (isSatisfied(wanted, batches)) return take(tx, ctx, wanted, batches, answer)
    waiter = await insertWaiter(
      tx,
      caller.tenantId,
      { runId, toolUseId, wanted: JSON.stringify(wanted), deadline },
      batches.map(({ reading, next }) => ({ place: reading.place, after: reading.from ?? next })),
    )
    return undefined
  })
  if (outcome) return outcome.output
  return {
    waitsFor: {
      state: 'channel',
      on: wanted.readings.map(({ place }) => place.channel).join(','),
      op: wanted.what.op,
    },
    events: [],
    statements: [],
    onCommit: () => {
      ctx.alarm.at(deadline)
      // What was published meanwhile found a call that did not wait yet.
      settleWaiters(ctx, [waiter]).catch((error: unknown) => report(ctx.telemetry, 'channels', error))
    },
  }
}

function read(tx: Db, ctx: ChannelContext, wanted: Wanted): Promise<Batch[]> {
  return readAll(tx, wanted, { horizon: ctx.ticks.horizon(), now: ctx.clock.now() })
}

async function take<T>(
  tx: Db,
  ctx: ChannelContext,
  wanted: Wanted,
  batches: Batch[],
  answer: (batches: readonly Batch[]) => T,
) {
  await commit(tx, wanted, batches, ctx.clock.now())
  return { output: answer(batches), events: deliveryEvents(batches, ctx.redact) }
}
