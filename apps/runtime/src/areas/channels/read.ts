import type { AwaitMode, ChannelAwait, ChannelDelivery, Of } from '@loomcycle/proto'
import { inOneStep } from '../../engine/calls/in-one-step.ts'
import type { Caller, OutsideCaller } from '../../tools/caller.ts'
import type { ToolSuspension } from '../../tools/tool.ts'
import type { Opened } from './access.ts'
import { acknowledge as moveCursor } from './acknowledge.ts'
import { checkedCount, checkedCursor, requiredCursor } from './content.ts'
import type { ChannelContext } from './context.ts'
import { start } from './cursor.ts'
import { readAll, toAwait, toDelivery, toReading, type Wanted } from './receive.ts'
import { waitFor } from './wait-for.ts'

type Delivery = Of<typeof ChannelDelivery>

interface Paging {
  from_cursor?: string
  max_messages?: number
}

type Taking = Paging & { wait_ms?: number }
type Awaiting = Taking & { mode?: AwaitMode; n?: number }

/** The next messages, which count as read. */
export async function take(ctx: ChannelContext, caller: OutsideCaller, opened: Opened, input: Taking): Promise<Delivery>
export async function take(
  ctx: ChannelContext,
  caller: Caller,
  opened: Opened,
  input: Taking,
): Promise<Delivery | ToolSuspension>
export async function take(
  ctx: ChannelContext,
  caller: Caller,
  opened: Opened,
  { from_cursor, max_messages = 10, wait_ms = 0 }: Taking,
): Promise<Delivery | ToolSuspension> {
  const wanted: Wanted = {
    readings: [toReading(opened, checkedCursor(from_cursor))],
    maxMessages: max_messages,
    agent: agentOf(caller),
    what: { op: 'subscribe' },
  }
  return waitFor(ctx, caller, wanted, wait_ms, ([batch]) => toDelivery(batch!))
}

/** Messages as they lie there; from the oldest unless a cursor is given. */
export async function look(
  ctx: ChannelContext,
  caller: Caller,
  opened: Opened,
  { from_cursor, max_messages = 10 }: Paging,
): Promise<Delivery> {
  const wanted: Wanted = {
    readings: [toReading(opened, checkedCursor(from_cursor) ?? start)],
    maxMessages: max_messages,
    agent: agentOf(caller),
    what: { op: 'await', mode: 'any', n: 1 },
  }
  const [batch] = await ctx.db.transaction((tx) =>
    readAll(tx, wanted, { horizon: ctx.ticks.horizon(), now: ctx.clock.now() }),
  )
  return toDelivery(batch!)
}

export async function acknowledge(ctx: ChannelContext, caller: Caller, opened: Opened, cursor: string) {
  const position = requiredCursor(cursor)
  const { output } = await inOneStep(ctx, caller, async (tx) => {
    await moveCursor(tx, ctx, opened, position, agentOf(caller))
    return { output: { ok: true }, events: [] }
  })
  return output
}

/** Waits until several channels have messages, and takes none. */
export async function awaitAll(
  ctx: ChannelContext,
  caller: OutsideCaller,
  opened: readonly Opened[],
  input: Awaiting,
): Promise<ChannelAwait>
export async function awaitAll(
  ctx: ChannelContext,
  caller: Caller,
  opened: readonly Opened[],
  input: Awaiting,
): Promise<ChannelAwait | ToolSuspension>
export async function awaitAll(
  ctx: ChannelContext,
  caller: Caller,
  opened: readonly Opened[],
  input: Awaiting,
): Promise<ChannelAwait | ToolSuspension> {
  const { mode = 'any', max_messages = 10, wait_ms = ctx.limits.channelLongPollMs } = input
  const from = checkedCursor(input.from_cursor)
  const wanted: Wanted = {
    readings: opened.map((one) => toReading(one, from)),
    maxMessages: max_messages,
    agent: agentOf(caller),
    what: { op: 'await', mode, n: checkedCount(mode, input.n, opened.length) },
  }
  return waitFor(ctx, caller, wanted, wait_ms, (batches) => toAwait(wanted, batches))
}

function agentOf({ run }: Caller): string {
  return run?.agent.name ?? ''
}
