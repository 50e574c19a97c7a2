import { type Opened, open, requireRight } from '../access.ts'
import type { ChannelContext } from '../context.ts'
import { send, visibleAt } from '../send.ts'
import type { ChannelOp } from './index.ts'

export function broadcast(ctx: ChannelContext): ChannelOp<'broadcast'> {
  return async (caller, { channels, scope: documentScope, value, deliver_at: deliverAt }) => {
    const names = [...new Set(channels)]
    for (const name of names) requireRight(caller, name, 'publish')
    const opened: Opened[] = []
    for (const channel of names) opened.push(await open(ctx, caller, { channel, documentScope }, 'publish'))
    return send(ctx, caller, opened, { value, deliverAt }, (sent) => ({
      published: sent.length,
      failed: 0,
      results: sent.map(({ place, published }) => ({
        channel: place.channel,
        message_id: published.id,
        ...visibleAt(published),
      })),
    }))
  }
}
