import { RuntimeError } from '@loomcycle/proto'
import type { AppContext } from '../../context.ts'
import { dropSuspensions, wishAllSuspended } from '../../engine/rows/wishes.ts'
import { report } from '../../ground/telemetry/telemetry.ts'
import { runtimeNews } from '../channels/runtime-news.ts'
import { lookOften } from './look-often.ts'
import { countHeldRuns, type RuntimeState, readState, writeState } from './store.ts'

const defaultTimeoutMs = 30_000
const topic = 'runtime-state'

/** Takes up the work the last process left, unless that one was paused. */
export async function openForWork(ctx: AppContext) {
  if ((await readState(ctx.db)) === 'paused') await ctx.engine.pause(0)
  else await ctx.engine.recover()
  ctx.bus.follow(topic, () => {
    follow(ctx).catch((error: unknown) => report(ctx.telemetry, 'runtime state', error))
  })
  ctx.engine.keepAlive()
  ctx.expiry.now()
  ctx.deadlines.now()
  await ctx.channels.start()
  if (ctx.presence) lookOften(ctx, () => follow(ctx))
}

/** Another process on the same store may have been told to pause, or to go on. */
async function follow({ db, engine }: AppContext) {
  const isPaused = (await readState(db)) === 'paused'
  if (engine.isStopping || isPaused === engine.isPaused) return
  if (isPaused) await engine.pause(defaultTimeoutMs)
  else await engine.resume()
}

/** Lets every run come to a boundary and keeps it there, across restarts too. */
export async function pause(ctx: AppContext, timeoutMs = defaultTimeoutMs) {
  const { db, engine, clock } = ctx
  if (await isHeld(ctx))
    throw new RuntimeError('already_pausing', 'The runtime is already pausing or paused (already_pausing).')
  const startedAt = clock.now()
  await storeState(ctx, 'paused', startedAt)
  const forced = await engine.pause(timeoutMs)
  return {
    state: 'paused' as const,
    duration_ms: clock.now() - startedAt,
    force_cancelled_count: forced,
    paused_runs_count: await countHeldRuns(db),
  }
}

export async function resume(ctx: AppContext) {
  const { db, engine, clock } = ctx
  if (!(await isHeld(ctx))) throw new RuntimeError('not_paused', 'The runtime is not paused (not_paused).')
  const held = await countHeldRuns(db)
  await storeState(ctx, 'running', clock.now())
  await engine.resume()
  return { state: 'running' as const, resumed_runs_count: held }
}

/** By whatever process: this one may not have heard of it yet. */
async function isHeld({ db, engine, presence }: AppContext): Promise<boolean> {
  return presence ? (await readState(db)) === 'paused' : engine.isPaused
}

/** Told to the operator's programs, and to whoever works on a run, in the same commit. */
async function storeState({ db, bus, channels }: AppContext, state: RuntimeState, at: number) {
  const value = { state, changed_at: new Date(at).toISOString() }
  const { statements, announce } = runtimeNews(channels, '_system/runtime-state', value)
  const wishes = state === 'paused' ? wishAllSuspended(at) : dropSuspensions()
  await db.write([writeState(state, at), wishes, ...statements], () => {
    announce()
    bus.announce(topic)
  })
}
