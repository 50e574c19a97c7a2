import type { ChannelContext } from '../context.ts'
import { listOpenChannels } from '../open-channels.ts'
import type { ChannelOp } from './index.ts'

export function listChannels(ctx: ChannelContext): ChannelOp<'list_channels'> {
  return async (caller) => {
    const open = await listOpenChannels(ctx, caller)
    return {
      channels: open.map(({ declaration: { name, scope, semantic, description }, publish, subscribe }) => ({
        ...{ name, scope, semantic, publish, subscribe },
        ...(description ? { description } : {}),
      })),
    }
  }
}
