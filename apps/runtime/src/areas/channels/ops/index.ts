import { type channelOps, RuntimeError } from '@loomcycle/proto'
import { ToolError } from '../../../ground/tool-error.ts'
import type { OpImplementations } from '../../../tools/op-set.ts'
import type { OpContext } from '../../../tools/op-tool.ts'
import type { ToolSuspension } from '../../../tools/tool.ts'
import type { ChannelContext } from '../context.ts'
import { ack } from './ack.ts'
import { awaitChannels } from './await.ts'
import { broadcast } from './broadcast.ts'
import { listChannels } from './list-channels.ts'
import { peek } from './peek.ts'
import { publish } from './publish.ts'
import { subscribe } from './subscribe.ts'

export function createChannelOps(ctx: ChannelContext): OpImplementations<typeof channelOps, OpContext, ToolSuspension> {
  return {
    publish: refusing(publish(ctx)),
    subscribe: refusing(subscribe(ctx)),
    peek: refusing(peek(ctx)),
    ack: refusing(ack(ctx)),
    list_channels: refusing(listChannels(ctx)),
    await: refusing(awaitChannels(ctx)),
    broadcast: refusing(broadcast(ctx)),
  }
}

/** The wire's refusals, as an agent is told them. */
function refusing<C, I, O>(op: (call: C, input: I) => Promise<O>) {
  return async (call: C, input: I): Promise<O> => {
    try {
      return await op(call, input)
    } catch (error) {
      throw error instanceof RuntimeError && error.status < 500 ? new ToolError(error.message) : error
    }
  }
}
