import { open } from '../access.ts'
import type { ChannelContext } from '../context.ts'
import { look } from '../read.ts'
import type { ChannelOp } from './index.ts'

export function peek(ctx: ChannelContext): ChannelOp<'peek'> {
  return async (caller, { channel, scope: documentScope, ...input }) =>
    look(ctx, caller, await open(ctx, caller, { channel, documentScope }, 'subscribe'), input)
}
