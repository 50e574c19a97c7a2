import { open } from '../access.ts'
import type { ChannelContext } from '../context.ts'
import { send, visibleAt } from '../send.ts'
import type { ChannelOp } from './index.ts'

export function publish(ctx: ChannelContext): ChannelOp<'publish'> {
  return async (caller, { channel, scope: documentScope, value, ttl, deliver_at: deliverAt }) => {
    const opened = await open(ctx, caller, { channel, documentScope }, 'publish')
    return send(ctx, caller, [opened], { value, ttl, deliverAt }, ([sent]) => {
      const { id, droppedOldest } = sent!.published
      return { message_id: id, channel, dropped_oldest: droppedOldest, ...visibleAt(sent!.published) }
    })
  }
}
