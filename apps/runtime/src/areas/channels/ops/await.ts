import { type Opened, open } from '../access.ts'
import type { ChannelContext } from '../context.ts'
import { awaitAll } from '../read.ts'
import type { ChannelOp } from './index.ts'

export function awaitChannels(ctx: ChannelContext): ChannelOp<'await'> {
  return async (caller, { channels, scope: documentScope, ...input }) => {
    const opened: Opened[] = []
    for (const channel of new Set(channels)) {
      opened.push(await open(ctx, caller, { channel, documentScope }, 'subscribe'))
    }
    return awaitAll(ctx, caller, opened, input)
  }
}
