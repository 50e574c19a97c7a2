import { type AwaitMode, RuntimeError } from '@loomcycle/proto'
import { isChannelName } from '../../ground/config/channel-names.ts'
import { type Opened, readerOf } from './access.ts'
import { acknowledge } from './acknowledge.ts'
import { checkedCount, checkedCursor, checkedPayload, checkedTime, requiredCursor } from './content.ts'
import type { ChannelContext } from './context.ts'
import { start } from './cursor.ts'
import { findDeclaration } from './find-declaration.ts'
import type { Place } from './place.ts'
import { announce, publish } from './publish.ts'
import { commit, isSatisfied, readAll, toAwait, toDelivery, toReading, type Wanted } from './receive.ts'

/** What programs do with channels. An agent's calls are under `ops/`. */

export interface Caller {
  tenantId: string
  subject: string
}

export type Owner = Pick<Place, 'scope' | 'scopeId'>

/** Over the wire the route says whose messages are meant, whatever the channel is for agents. */
export async function openForCaller(
  ctx: ChannelContext,
  { tenantId, subject }: Caller,
  channel: string,
  { scope, scopeId }: Owner,
): Promise<Opened> {
  const declaration = isChannelName(channel)
    ? await findDeclaration(ctx.db.read, ctx.configured, tenantId, channel)
    : undefined
  if (!declaration)
    throw new RuntimeError('channel_not_declared', `the channel ${channel.slice(0, 256)} is not declared`)
  return {
    place: { tenantId, channel, scope, scopeId },
    declaration,
    reader: readerOf(declaration, `http:${subject}`),
  }
}

export async function publishOne(
  ctx: ChannelContext,
  { place, declaration }: Opened,
  caller: Caller,
  { payload: value, deliver_at }: { payload?: unknown; deliver_at?: string },
) {
  const payload = checkedPayload(ctx, value)
  const deliverAt = checkedTime(deliver_at)
  await ctx.quotas.read([place])
  const published = await ctx.db.transaction((tx) =>
    publish(tx, ctx, { place, declaration, payload, publishedBy: `user:${caller.subject}`, deliverAt }),
  )
  announce(ctx, place, published)
  const visible = published.visibleAt
  return {
    msg_id: published.id,
    channel: place.channel,
    created_at: new Date(published.createdAt).toISOString(),
    ...(visible === undefined ? {} : { visible_at: new Date(visible).toISOString() }),
  }
}

interface Paging {
  from_cursor?: string
  max_messages?: number
}

export async function take(
  ctx: ChannelContext,
  opened: Opened,
  { from_cursor, max_messages = 10, wait_ms = 0 }: Paging & { wait_ms?: number },
  signal: AbortSignal,
) {
  const wanted = {
    readings: [toReading(opened, checkedCursor(from_cursor))],
    maxMessages: max_messages,
    agent: '',
    what: { op: 'subscribe' as const },
  }
  const batches = await waitFor(ctx, wanted, wait_ms, signal)
  return toDelivery(batches[0]!)
}

export async function look(ctx: ChannelContext, opened: Opened, { from_cursor, max_messages = 10 }: Paging) {
  const wanted = {
    readings: [toReading(opened, checkedCursor(from_cursor) ?? start)],
    maxMessages: max_messages,
    agent: '',
    what: { op: 'await' as const, mode: 'any' as const, n: 1 },
  }
  const batches = await waitFor(ctx, wanted, 0, new AbortController().signal)
  return toDelivery(batches[0]!)
}

export async function acknowledgeUpTo(ctx: ChannelContext, opened: Opened, cursor: string) {
  const position = requiredCursor(cursor)
  await ctx.db.transaction((tx) => acknowledge(tx, ctx, opened, position, ''))
  return { ok: true }
}

export async function awaitAll(
  ctx: ChannelContext,
  opened: readonly Opened[],
  input: Paging & { mode?: AwaitMode; n?: number; wait_ms?: number },
  signal: AbortSignal,
) {
  const { mode = 'any', max_messages = 10, wait_ms = ctx.limits.channelLongPollMs } = input
  const from = checkedCursor(input.from_cursor)
  const wanted: Wanted = {
    readings: opened.map((one) => toReading(one, from)),
    maxMessages: max_messages,
    agent: '',
    what: { op: 'await', mode, n: checkedCount(mode, input.n, opened.length) },
  }
  return toAwait(wanted, await waitFor(ctx, wanted, wait_ms, signal))
}

/** In memory, as long as the request lasts. */
async function waitFor(ctx: ChannelContext, wanted: Wanted, waitMs: number, signal: AbortSignal) {
  const places = wanted.readings.map(({ place }) => place)
  const batches = await ctx.wakers.until(
    places,
    { waitMs: Math.min(waitMs, ctx.limits.channelLongPollMs), signal },
    (last) =>
      ctx.db.transaction(async (tx) => {
        const now = ctx.clock.now()
        const batches = await readAll(tx, wanted, { horizon: ctx.ticks.horizon(), now })
        if (!isSatisfied(wanted, batches) && !last) return undefined
        // Whoever has gone would take messages along.
        if (!signal.aborted) await commit(tx, wanted, batches, now)
        return batches
      }),
  )
  return batches!
}
