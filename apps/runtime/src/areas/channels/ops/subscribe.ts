import { openForAgent } from '../access.ts'
import { checkedCursor } from '../content.ts'
import type { ChannelContext } from '../context.ts'
import { toDelivery, toReading } from '../receive.ts'
import type { ChannelOp } from './call.ts'
import { receive } from './receive.ts'

export function subscribe(ctx: ChannelContext): ChannelOp<'subscribe'> {
  return async (call, input) => {
    const opened = await openForAgent(ctx, call.scope, input.channel, 'subscribe', input.scope)
    const wanted = {
      readings: [toReading(opened, checkedCursor(input.from_cursor))],
      maxMessages: input.max_messages ?? 10,
      agent: call.scope.agent.name,
      what: { op: 'subscribe' as const },
    }
    return receive(ctx, call, wanted, input.wait_ms ?? 0, ([batch]) => toDelivery(batch!))
  }
}
