import { open } from '../access.ts'
import type { ChannelContext } from '../context.ts'
import { acknowledge } from '../read.ts'
import type { ChannelOp } from './index.ts'

export function ack(ctx: ChannelContext): ChannelOp<'ack'> {
  return async (caller, { channel, scope: documentScope, cursor }) =>
    acknowledge(ctx, caller, await open(ctx, caller, { channel, documentScope }, 'subscribe'), cursor)
}
