import { openForAgent } from '../access.ts'
import { checkedCount, checkedCursor } from '../content.ts'
import type { ChannelContext } from '../context.ts'
import { toAwait, toReading } from '../receive.ts'
import type { ChannelOp } from './call.ts'
import { receive } from './receive.ts'

export function awaitChannels(ctx: ChannelContext): ChannelOp<'await'> {
  return async (call, input) => {
    const names = [...new Set(input.channels)]
    const from = checkedCursor(input.from_cursor)
    const readings = []
    for (const name of names) {
      readings.push(toReading(await openForAgent(ctx, call.scope, name, 'subscribe', input.scope), from))
    }
    const mode = input.mode ?? 'any'
    const wanted = {
      readings,
      maxMessages: input.max_messages ?? 10,
      agent: call.scope.agent.name,
      what: { op: 'await' as const, mode, n: checkedCount(mode, input.n, names.length) },
    }
    return receive(ctx, call, wanted, input.wait_ms ?? ctx.limits.channelLongPollMs, (batches) =>
      toAwait(wanted, batches),
    )
  }
}
