import { type Opened, openForAgent, requireAllowed } from '../access.ts'
import { checkedPayload, checkedTime } from '../content.ts'
import type { ChannelContext } from '../context.ts'
import { publishEvent } from '../events.ts'
import { announce, publish } from '../publish.ts'
import { type ChannelOp, inOneStep } from './call.ts'
import { toVisibleAt } from './publish.ts'

export function broadcast(ctx: ChannelContext): ChannelOp<'broadcast'> {
  return async (call, input) => {
    const names = [...new Set(input.channels)]
    for (const name of names) requireAllowed(call.scope, name, 'publish')
    const opened: Opened[] = []
    for (const name of names) opened.push(await openForAgent(ctx, call.scope, name, 'publish', input.scope))
    const payload = checkedPayload(ctx, input.value)
    const deliverAt = checkedTime(input.deliver_at)
    const publishedBy = call.scope.agent.name
    await ctx.quotas.read(opened.map(({ place }) => place))
    const { sent, output } = await inOneStep(ctx, call, async (tx) => {
      const sent = []
      for (const { place, declaration } of opened) {
        sent.push({ place, published: await publish(tx, ctx, { place, declaration, payload, publishedBy, deliverAt }) })
      }
      const results = sent.map(({ place, published }) => ({
        channel: place.channel,
        message_id: published.id,
        ...toVisibleAt(published.visibleAt),
      }))
      return {
        sent,
        output: { published: sent.length, failed: 0, results },
        events: sent.map(({ place, published }) => publishEvent(place, payload, published, ctx.redact)),
      }
    })
    for (const { place, published } of sent) announce(ctx, place, published)
    return output
  }
}
