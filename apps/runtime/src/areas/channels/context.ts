import type { ChannelScope } from '@loomcycle/proto'
import { Alarm } from '../../ground/alarm/alarm.ts'
import type { Bus } from '../../ground/bus.ts'
import type { Clock } from '../../ground/clock.ts'
import { type Declaration, findBuiltin } from '../../ground/config/channel-declarations.ts'
import type { Limits } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { ChannelQuotas } from '../../ground/quotas/channel-quotas.ts'
import { report, type Telemetry } from '../../ground/telemetry/telemetry.ts'
import { visibleAt, visibleNsOf } from './cursor.ts'
import type { Place } from './place.ts'
import { type Publication, toPublication } from './publish.ts'
import { latestPositions, listMissedWaiters, listOverdueWaiters, nextDue, takeDueMessages } from './store.ts'
import { Ticks } from './ticks.ts'
import { settleWaiters, settleWaitersAt } from './waiters.ts'
import { Wakers } from './wakers.ts'

export interface ChannelContext {
  db: Pick<Database, 'read' | 'aside' | 'all' | 'transaction'>
  clock: Clock
  limits: Pick<Limits, 'channelMaxValueBytes' | 'channelLongPollMs' | 'channelMaxDeferred'>
  /** By the configuration, by name. */
  configured: Readonly<Record<string, Declaration>>
  telemetry: Telemetry
  redact(text: string): string
  quotas: ChannelQuotas
  /** Has somebody work on a run. */
  wakeRun(runId: string): void
  ticks: Ticks
  wakers: Wakers
  alarm: Alarm
  /** There is something new at a place. */
  wake(place: Place): void
}

export interface SystemMessage {
  tenantId: string
  channel: string
  scope: ChannelScope
  /** Empty for `global` and `tenant`. */
  scopeId: string
  value: unknown
  /** Where it comes from. */
  actor: string
  /** Seconds, in place of the channel's own. */
  ttl?: number
}

/** Channels, for the rest of the runtime. */
export interface Channels {
  ctx: ChannelContext
  /** For a channel that is there without anybody declaring it. */
  toPublication(message: SystemMessage): Publication
  /** Answers whoever waited while no process was there, and waits for what is due later. */
  start(): Promise<void>
  stop(): void
}

/** How long to leave alone what is due and cannot be settled yet. */
const patienceMs = 250
const batch = 100

export async function createChannels(
  deps: Pick<
    ChannelContext,
    'db' | 'clock' | 'limits' | 'configured' | 'telemetry' | 'redact' | 'quotas' | 'wakeRun'
  > & {
    db: Database
    bus: Bus
  },
): Promise<Channels> {
  const { db, clock, telemetry } = deps
  const { written, read } = await latestPositions(db)
  // The id of the last message says when it was made; what was read says what was visible.
  const madeAt = written === null ? 0n : BigInt(`0x${written.slice(21, 37)}`)
  const readUpTo = read === null ? 0n : visibleNsOf(read)
  const ticks = new Ticks(clock, madeAt > readUpTo ? madeAt : readUpTo)
  db.shareTicks?.(ticks)
  const told = (error: unknown) => report(telemetry, 'channels', error)

  const look = async () => {
    const horizon = ticks.horizon()
    const due = await nextDue(db)
    if (due.position !== null && due.position <= horizon) {
      const places = await db.transaction((tx) => takeDueMessages(tx, ticks.horizon()))
      for (const place of places) ctx.wake(place)
    }
    await settleWaiters(ctx, await listOverdueWaiters(db, clock.now(), batch))
    const { position, deadline } = await nextDue(db)
    const next = Math.min(
      position === null ? Number.POSITIVE_INFINITY : visibleAt(position),
      deadline ?? Number.POSITIVE_INFINITY,
    )
    if (next === Number.POSITIVE_INFINITY) return undefined
    return next > clock.now() ? next : clock.now() + patienceMs
  }
  const alarm = new Alarm({ clock, telemetry, name: 'channels', look })
  const ctx: ChannelContext = {
    ...deps,
    ticks,
    alarm,
    wakers: new Wakers(clock, deps.bus),
    wake(place) {
      ctx.wakers.wake(place)
      settleWaitersAt(ctx, place).catch(told)
    },
  }
  return {
    ctx,
    toPublication({ tenantId, channel, scope, scopeId, value, actor, ttl }) {
      const builtin = findBuiltin(channel)
      if (!builtin) throw new Error(`${channel} is not a channel of the system`)
      const declaration = Object.hasOwn(ctx.configured, channel) ? ctx.configured[channel]! : builtin
      const place = { tenantId, channel, scope, scopeId }
      return toPublication(ctx, { place, declaration, payload: JSON.stringify(value), publishedBy: actor, ttl })
    },
    async start() {
      await settleWaiters(ctx, await listMissedWaiters(db, ticks.horizon()))
      alarm.now()
    },
    stop: () => alarm.stop(),
  }
}
