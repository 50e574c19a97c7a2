import type { AppContext } from '../../context.ts'
import { LogWatch } from '../../engine/log/log-watch.ts'

const lookEveryMs = 1_000
const alarmsEveryMs = 10_000

/**
 * Where others use the store as well: hints of theirs may get lost, and what a replica had set an alarm for is left to
 * the others when that is no more.
 */
export function lookOften(ctx: AppContext, followState: () => Promise<void>) {
  const { db, publisher, engine } = ctx
  const logs = new LogWatch({ db, publisher, isWorking: (runId) => engine.isWorking(runId) })
  every(ctx, lookEveryMs, followState)
  every(ctx, lookEveryMs, () => logs.look())
  every(ctx, alarmsEveryMs, async () => {
    ctx.expiry.now()
    ctx.deadlines.now()
    ctx.channels.ctx.alarm.now()
  })
}

/** As long as there is work to be taken up; what fails, or takes long, is looked for again. */
function every(ctx: Pick<AppContext, 'clock' | 'engine'>, ms: number, look: () => Promise<void>) {
  ctx.clock.after(ms, () => {
    if (ctx.engine.isStopping) return
    every(ctx, ms, look)
    look().catch(() => {})
  })
}
