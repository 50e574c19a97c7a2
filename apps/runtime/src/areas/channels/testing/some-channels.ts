import { channelOps } from '@loomcycle/proto'
import { Bus } from '../../../ground/bus.ts'
import type { Clock } from '../../../ground/clock.ts'
import type { Declaration } from '../../../ground/config/channel-declarations.ts'
import type { Database } from '../../../ground/db/database.ts'
import { ChannelQuotas } from '../../../ground/quotas/channel-quotas.ts'
import { silence } from '../../../ground/telemetry/telemetry.ts'
import { tempDatabase } from '../../../testing/temp-database.ts'
import { serveOps } from '../../../tools/op-set.ts'
import { opTool } from '../../../tools/op-tool.ts'
import { aToolCaller, type SomeRun } from '../../../tools/testing/a-caller.ts'
import { callTool } from '../../../tools/testing/call-tool.ts'
import type { ToolCaller } from '../../../tools/tool.ts'
import { type ChannelContext, type Channels, createChannels } from '../context.ts'
import { createChannelOps } from '../ops/index.ts'

/** A clock that the test sets; its timers go off when the time has come. */
export function settableClock(start: number): Clock & { set(now: number): void; timers(): number } {
  let now = start
  const timers = new Set<{ at: number; callback: () => void }>()
  return {
    now: () => now,
    timers: () => timers.size,
    after(ms, callback) {
      const timer = { at: now + ms, callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    set(to) {
      now = to
      for (const timer of timers) {
        if (timer.at > now) continue
        timers.delete(timer)
        timer.callback()
      }
    },
  }
}

export const noon = Date.parse('2026-06-30T12:00:00Z')

export function aChannel(name: string, declaration: Partial<Declaration> = {}): Declaration {
  return { name, scope: 'global', semantic: 'queue', source: 'yaml', ...declaration }
}

export interface SomeChannelsOptions {
  clock?: Clock
  limits?: Partial<ChannelContext['limits']>
  wakeRun?: (runId: string) => void
  /** In place of a new one. */
  db?: Database
}

/** Channels over a real database, and the tool as agents have it. */
export async function someChannels(declared: Declaration[], options: SomeChannelsOptions = {}) {
  const clock = options.clock ?? settableClock(noon)
  const db = options.db ?? (await tempDatabase())
  const open = () =>
    createChannels({
      db,
      clock,
      bus: new Bus(),
      limits: {
        channelMaxValueBytes: 65_536,
        channelLongPollMs: 30_000,
        channelMaxDeferred: 10_000,
        ...options.limits,
      },
      telemetry: silence,
      configured: Object.fromEntries(declared.map((one) => [one.name, one])),
      quotas: new ChannelQuotas({ db, clock }, { perTenant: 0, messages: 0, bytes: 0 }),
      redact: (text) => text.replaceAll('s3cret', '[redacted]'),
      wakeRun: options.wakeRun ?? (() => {}),
    })
  const channels = await open()
  const as =
    ({ ctx }: Channels) =>
    (input: unknown, caller: ToolCaller = everything()) =>
      callTool(channelTool(ctx), input, caller)
  const call = as(channels)
  return {
    db,
    channels,
    ctx: channels.ctx,
    call,
    /** Calls the tool of that process. */
    as,
    /** As another process would, over the same rows. */
    reopen: open,
    // biome-ignore lint/suspicious/noExplicitAny: answers are JSON
    ask: async (input: unknown, caller?: ToolCaller): Promise<any> => JSON.parse((await call(input, caller)).text),
  }
}

function channelTool(ctx: ChannelContext) {
  return opTool(serveOps(channelOps, createChannelOps(ctx), { sideEffects: 'state', allOrNothing: true }))
}

export function everything(some: SomeRun = {}): ToolCaller {
  return aToolCaller({
    ...some,
    agent: {
      channels: {
        publish: ['work', 'mine', 'other', 'team/*', '_system/*', 'ticks', 'nobody', 'documents/*'],
        subscribe: ['work', 'mine', 'other', 'team/*', '_system/*', 'ticks', 'nobody', 'documents/*'],
      },
      ...some.agent,
    },
  })
}
