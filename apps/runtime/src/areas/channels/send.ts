import { inOneStep } from '../../engine/calls/in-one-step.ts'
import type { Caller } from '../../tools/caller.ts'
import { type Opened, senderOf } from './access.ts'
import { checkedPayload, checkedTime } from './content.ts'
import type { ChannelContext } from './context.ts'
import { publishEvent } from './events.ts'
import type { Place } from './place.ts'
import { announce, type Published, publish } from './publish.ts'

export interface Sending {
  value: unknown
  /** Seconds until the message is gone. */
  ttl?: number | undefined
  deliverAt?: string | undefined
}

export interface Sent {
  place: Place
  published: Published
}

/** Puts a message on channels, on all of them or on none, and answers as the caller's door does. */
export async function send<T>(
  ctx: ChannelContext,
  caller: Caller,
  channels: readonly Opened[],
  { value, ttl, deliverAt: time }: Sending,
  answer: (sent: readonly Sent[]) => T,
): Promise<T> {
  const payload = checkedPayload(ctx, value)
  const deliverAt = checkedTime(time)
  const publishedBy = senderOf(caller)
  await ctx.quotas.read(channels.map(({ place }) => place))
  const { sent, output } = await inOneStep(ctx, caller, async (tx) => {
    const sent: Sent[] = []
    for (const { place, declaration } of channels) {
      const message = { place, declaration, payload, publishedBy, ttl, deliverAt }
      sent.push({ place, published: await publish(tx, ctx, message) })
    }
    const events = sent.map(({ place, published }) => publishEvent(place, payload, published, ctx.redact))
    return { sent, output: answer(sent), events }
  })
  for (const { place, published } of sent) announce(ctx, place, published)
  return output
}

/** The wire's member for when a message can be read; nothing where it can be at once. */
export function visibleAt({ visibleAt: at }: Published): { visible_at?: string } {
  return at === undefined ? {} : { visible_at: new Date(at).toISOString() }
}
