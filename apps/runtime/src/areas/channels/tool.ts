import { channelOps } from '@loomcycle/proto'
import { opTool } from '../../tools/op-tool.ts'
import type { Tool } from '../../tools/tool.ts'
import type { ChannelContext } from './context.ts'
import { createChannelOps } from './ops/index.ts'

/** Every op leaves its answer in the transaction it works in: a call without one has not happened, and may be made again. */
export function channelTool(ctx: ChannelContext): Tool {
  return { ...opTool(channelOps, createChannelOps(ctx), 'state'), isIdempotent: () => true }
}
