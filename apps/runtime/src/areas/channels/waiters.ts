import { answerCall } from '../../engine/rows/tool-calls.ts'
import { execute } from '../../ground/db/execute.ts'
import type { ChannelContext } from './context.ts'
import { deliveryEvents } from './events.ts'
import type { Place } from './place.ts'
import { commit, isSatisfied, readAll, toAnswer, type Wanted } from './receive.ts'
import { type Db, deleteWaiter, findCallState, findWaiter, listWaitersAt } from './store.ts'

/** At a time, so that no transaction is long. */
const atOnce = 50

/**
 * Answers those of the waiting calls that have what they wait for, or whose time is over, and wakes their runs. May be
 * called at any time and any number of times.
 */
export async function settleWaiters(ctx: ChannelContext, waiters: readonly number[]): Promise<void> {
  for (let i = 0; i < waiters.length; i += atOnce) {
    const some = waiters.slice(i, i + atOnce)
    const answered = await ctx.db.transaction(async (tx) => {
      const runIds: string[] = []
      for (const n of some) {
        const runId = await settle(tx, ctx, n)
        if (runId) runIds.push(runId)
      }
      return runIds
    })
    for (const runId of answered) ctx.wakeRun(runId)
  }
}

/** Those who wait for what comes to a place. */
export async function settleWaitersAt(ctx: ChannelContext, place: Place): Promise<void> {
  await settleWaiters(ctx, await listWaitersAt(ctx.db, place))
}

async function settle(tx: Db, ctx: ChannelContext, n: number): Promise<string | undefined> {
  const waiter = await findWaiter(tx, n)
  if (!waiter) return undefined
  const { runId, toolUseId } = waiter
  const state = await findCallState(tx, runId, toolUseId)
  // The note that it waits is on its way; whoever commits that looks again.
  if (state === 'started') return undefined
  if (state !== 'waiting') {
    await deleteWaiter(tx, n)
    return undefined
  }
  const wanted = JSON.parse(waiter.wanted) as Wanted
  const now = ctx.clock.now()
  const batches = await readAll(tx, wanted, { horizon: ctx.ticks.horizon(), now })
  if (!isSatisfied(wanted, batches) && now < waiter.deadline) return undefined
  await commit(tx, wanted, batches, now)
  await deleteWaiter(tx, n)
  const text = JSON.stringify(toAnswer(wanted, batches))
  await execute(tx, answerCall(runId, toolUseId, { text, events: deliveryEvents(batches, ctx.redact) }))
  return runId
}
