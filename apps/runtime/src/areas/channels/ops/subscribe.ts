import { open } from '../access.ts'
import type { ChannelContext } from '../context.ts'
import { take } from '../read.ts'
import type { ChannelOp } from './index.ts'

export function subscribe(ctx: ChannelContext): ChannelOp<'subscribe'> {
  return async (caller, { channel, scope: documentScope, ...input }) =>
    take(ctx, caller, await open(ctx, caller, { channel, documentScope }, 'subscribe'), input)
}
