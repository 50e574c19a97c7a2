import { openForAgent } from '../access.ts'
import { checkedPayload, checkedTime } from '../content.ts'
import type { ChannelContext } from '../context.ts'
import { publishEvent } from '../events.ts'
import { announce, publish as publishMessage } from '../publish.ts'
import { type ChannelOp, inOneStep } from './call.ts'

export function publish(ctx: ChannelContext): ChannelOp<'publish'> {
  return async (call, input) => {
    const { place, declaration } = await openForAgent(ctx, call.scope, input.channel, 'publish', input.scope)
    const payload = checkedPayload(ctx, input.value)
    const deliverAt = checkedTime(input.deliver_at)
    await ctx.quotas.read([place])
    const { published, output } = await inOneStep(ctx, call, async (tx) => {
      const published = await publishMessage(tx, ctx, {
        place,
        declaration,
        payload,
        publishedBy: call.scope.agent.name,
        ttl: input.ttl,
        deliverAt,
      })
      return {
        published,
        output: {
          message_id: published.id,
          channel: place.channel,
          dropped_oldest: published.droppedOldest,
          ...toVisibleAt(published.visibleAt),
        },
        events: [publishEvent(place, payload, published, ctx.redact)],
      }
    })
    announce(ctx, place, published)
    return output
  }
}

export function toVisibleAt(at: number | undefined): { visible_at?: string } {
  return at === undefined ? {} : { visible_at: new Date(at).toISOString() }
}
