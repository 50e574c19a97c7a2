import type { channelOps, OpName } from '@loomcycle/proto'
import type { OpImplementation, OpImplementations } from '../../../tools/op-set.ts'
import { toldInWords } from '../../../tools/told-in-words.ts'
import type { ChannelContext } from '../context.ts'
import { ack } from './ack.ts'
import { awaitChannels } from './await.ts'
import { broadcast } from './broadcast.ts'
import { listChannels } from './list-channels.ts'
import { peek } from './peek.ts'
import { publish } from './publish.ts'
import { subscribe } from './subscribe.ts'

export type ChannelOp<N extends OpName<typeof channelOps>> = OpImplementation<typeof channelOps, N>

export function createChannelOps(ctx: ChannelContext): OpImplementations<typeof channelOps> {
  return toldInWords({
    publish: publish(ctx),
    subscribe: subscribe(ctx),
    peek: peek(ctx),
    ack: ack(ctx),
    list_channels: listChannels(ctx),
    await: awaitChannels(ctx),
    broadcast: broadcast(ctx),
  })
}
