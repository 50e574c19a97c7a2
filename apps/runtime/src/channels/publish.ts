import { RuntimeError } from '@loomcycle/proto'
import type { ChannelContext } from './context.ts'
import { nanoseconds, type Position, toPosition, visibleAt } from './cursor.ts'
import type { Declaration } from './declarations.ts'
import type { Place } from './place.ts'
import { countAfter, type Db, insertMessage, trimMessages } from './store.ts'

export interface Message {
  place: Place
  declaration: Declaration
  /** JSON. */
  payload: string
  /** The agent, user or part of the system it comes from. */
  publishedBy: string
  /** Seconds, in place of the channel's own. */
  ttl?: number | undefined
  /** Unix milliseconds. */
  deliverAt?: number | undefined
}

export interface Published {
  id: string
  position: Position
  createdAt: number
  /** Unix milliseconds; only of a message that is not visible yet. */
  visibleAt?: number
  droppedOldest: number
}

/** Stores a message in somebody's transaction. Once that is committed, `announce` is due. */
export async function publish(tx: Db, ctx: ChannelContext, message: Message): Promise<Published> {
  const { place, declaration, payload, publishedBy, deliverAt } = message
  const createdAt = ctx.clock.now()
  const horizon = ctx.ticks.horizon()
  const { id, ns } = ctx.ticks.nextMessage()
  const due = deliverAt === undefined ? ns : nanoseconds(deliverAt)
  const deferred = due > ns
  if (deferred && (await countAfter(tx, place, horizon)) >= ctx.limits.channelMaxDeferred) {
    throw new RuntimeError(
      'backpressure',
      `${place.channel} has ${ctx.limits.channelMaxDeferred} messages that are to be delivered later, which is the limit.`,
      { retry_after_s: 5 },
    )
  }
  const position = toPosition(deferred ? due : ns, id)
  const ttl = message.ttl ?? declaration.defaultTtl
  await insertMessage(tx, place, {
    position,
    payload,
    publishedAt: createdAt,
    publishedBy,
    expiresAt: ttl === undefined ? null : expiry((deferred ? visibleAt(position) : createdAt) + ttl * 1000),
    deferred,
  })
  const kept = declaration.maxMessages
  const droppedOldest = kept
    ? await trimMessages(tx, place, { kept, horizon: deferred ? horizon : position, spared: position })
    : 0
  return { id, position, createdAt, droppedOldest, ...(deferred ? { visibleAt: visibleAt(position) } : {}) }
}

/** Lets those who wait know; to be called after the commit. */
export function announce(ctx: ChannelContext, place: Place, published: Published) {
  if (published.visibleAt === undefined) ctx.wake(place)
  else ctx.alarm.at(published.visibleAt)
}

const latestTime = 8.64e15

function expiry(at: number): number | null {
  return at > latestTime ? null : at
}
