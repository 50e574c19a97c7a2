import { openForAgent } from '../access.ts'
import type { ChannelContext } from '../context.ts'
import { look } from '../serve.ts'
import type { ChannelOp } from './call.ts'

export function peek(ctx: ChannelContext): ChannelOp<'peek'> {
  return async ({ scope }, input) => {
    return look(ctx, await openForAgent(ctx, scope, input.channel, 'subscribe', input.scope), input)
  }
}
