import { Alarm } from '../../ground/alarm/alarm.ts'
import type { InterruptContext } from './context.ts'
import { settle } from './settle.ts'
import { earliestExpiry, listDueInterrupts } from './store.ts'

/** Between two looks, however many questions expire. */
const pauseMs = 1_000
const batch = 100

/** Ends questions whose time is over, also while the runtime is paused, and those that expired while no process was there. */
export function createExpiry(ctx: InterruptContext, isStopping: () => boolean): Alarm {
  const { db, clock, telemetry } = ctx
  return new Alarm({
    clock,
    telemetry,
    name: 'expiry of questions',
    async look() {
      while (!isStopping() && (await expireSome(ctx)));
      const next = isStopping() ? undefined : await earliestExpiry(db)
      return next === undefined ? undefined : Math.max(next, clock.now() + pauseMs)
    },
  })
}

/** False when there is nothing more to expect from another look. */
async function expireSome(ctx: InterruptContext): Promise<boolean> {
  const due = await listDueInterrupts(ctx.db, ctx.clock.now(), batch)
  const times = await Promise.all(due.map((row) => settle(ctx, row, { status: 'timed_out', by: 'timeout' })))
  return due.length === batch && times.some((at) => at !== undefined)
}
