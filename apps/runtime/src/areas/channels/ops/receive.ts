import { report } from '../../../ground/report.ts'
import type { OpContext } from '../../../tools/op-tool.ts'
import type { ToolSuspension } from '../../../tools/tool.ts'
import type { ChannelContext } from '../context.ts'
import { deliveryEvents } from '../events.ts'
import { type Batch, commit, isSatisfied, readAll, type Wanted } from '../receive.ts'
import { type Db, insertWaiter } from '../store.ts'
import { settleWaiters } from '../waiters.ts'
import { inOneStep } from './call.ts'

/** Longer waits take the run out of memory. */
const shortWaitMs = 1000
const longestWaitMs = 7 * 24 * 3_600_000

/** Gives the caller what it wants at once, after a short wait in memory, or suspends its run until it is there. */
export async function receive<T>(
  ctx: ChannelContext,
  call: OpContext,
  wanted: Wanted,
  waitMs: number,
  answer: (batches: readonly Batch[]) => T,
): Promise<T | ToolSuspension> {
  if (waitMs > shortWaitMs) {
    const deadline = ctx.clock.now() + Math.min(waitMs, longestWaitMs)
    return receiveOrSuspend(ctx, call, wanted, deadline, answer)
  }
  const places = wanted.readings.map(({ place }) => place)
  const outcome = await ctx.wakers.until(places, { waitMs, signal: call.signal }, (last) =>
    inOneStep(ctx, call, async (tx) => {
      call.signal.throwIfAborted()
      const batches = await read(tx, ctx, wanted)
      return isSatisfied(wanted, batches) || last ? take(tx, ctx, wanted, batches, answer) : undefined
    }),
  )
  return outcome!.output
}

/** The waiter is written in the transaction that found nothing: whatever comes after it finds the waiter. */
async function receiveOrSuspend<T>(
  ctx: ChannelContext,
  call: OpContext,
  wanted: Wanted,
  deadline: number,
  answer: (batches: readonly Batch[]) => T,
): Promise<T | ToolSuspension> {
  const { runId, tenantId } = call.scope
  let waiter = 0
  const outcome = await inOneStep(ctx, call, async (tx) => {
    const batches = await read(tx, ctx, wanted)
    if (isSatisfied(wanted, batches)) return take(tx, ctx, wanted, batches, answer)
    waiter = await insertWaiter(
      tx,
      tenantId,
      { runId, toolUseId: call.toolUseId, wanted: JSON.stringify(wanted), deadline },
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
      settleWaiters(ctx, [waiter]).catch((error: unknown) => report('channels', error))
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
