import type { AppContext } from '../../context.ts'
import { LogWatch } from '../../engine/log/log-watch.ts'

const lookEveryMs = 1_000
/** Of which so many come to one at the alarms. A timer of their own would keep a process that stops for as long. */
const looksForAlarms = 10

/**
 * Where others use the store as well: hints of theirs may get lost, and what a replica had set an alarm for is left to
 * the others when that is no more.
 */
export function lookOften(ctx: AppContext, followState: () => Promise<void>) {
  const { db, publisher, engine } = ctx
  const logs = new LogWatch({ db, publisher, isWorking: (runId) => engine.isWorking(runId) })
  let looks = 0
  every(ctx, followState)
  every(ctx, () => logs.look())
  every(ctx, async () => {
    if (++looks % looksForAlarms > 0) return
    ctx.expiry.now()
    ctx.deadlines.now()
    ctx.channels.ctx.alarm.now()
  })
}

/** As long as there is work to be taken up; what fails, or takes long, is looked for again. */
function every(ctx: Pick<AppContext, 'clock' | 'engine'>, look: () => Promise<void>) {
  ctx.clock.after(lookEveryMs, () => {
    if (ctx.engine.isStopping) return
    every(ctx, look)
    look().catch(() => {})
  })
}
