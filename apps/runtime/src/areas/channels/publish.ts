import { RuntimeError } from '@loomcycle/proto'
import type { Declaration } from '../../ground/config/channel-declarations.ts'
import { execute } from '../../ground/db/execute.ts'
import type { Statement } from '../../ground/db/statement.ts'
import type { ChannelContext } from './context.ts'
import { nanoseconds, type Position, start, toPosition, visibleAt } from './cursor.ts'
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

/** Stores a message in somebody's transaction, before which the quotas of its place were read. Once that is committed, `announce` is due. */
export async function publish(tx: Db, ctx: ChannelContext, message: Message): Promise<Published> {
  const { place, declaration, payload, publishedBy, deliverAt } = message
  ctx.quotas.takeMessage(place, Buffer.byteLength(payload))
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
  const from = deferred ? visibleAt(position) : createdAt
  const row = { position, payload, publishedAt: createdAt, publishedBy, expiresAt: expiryOf(message, from), deferred }
  await execute(
    tx,
    insertMessage(place, () => row),
  )
  const kept = declaration.maxMessages
  const range = { horizon: deferred ? horizon : position, spared: position }
  const droppedOldest = kept
    ? await execute(
        tx,
        trimMessages(place, kept, () => range),
      )
    : 0
  return { id, position, createdAt, droppedOldest, ...(deferred ? { visibleAt: visibleAt(position) } : {}) }
}

/** Lets those who wait know; to be called after the commit. */
export function announce(ctx: ChannelContext, place: Place, published: Published) {
  if (published.visibleAt === undefined) ctx.wake(place)
  else ctx.alarm.at(published.visibleAt)
}

/** A message that is stored by whoever stores what it tells of, together with that or not at all. */
export interface Publication {
  statements: readonly Statement[]
  /** Lets those who wait know; to be called after the commit. */
  announce(): void
}

export function toPublication(ctx: ChannelContext, message: Omit<Message, 'deliverAt'>): Publication {
  const { place, declaration, payload, publishedBy } = message
  let position: Position = start
  const insert = insertMessage(place, () => {
    const { id, ns } = ctx.ticks.nextMessage()
    position = toPosition(ns, id)
    const publishedAt = ctx.clock.now()
    const expiresAt = expiryOf(message, publishedAt)
    return { position, payload, publishedAt, publishedBy, expiresAt, deferred: false }
  })
  const kept = declaration.maxMessages
  const trim = kept ? [trimMessages(place, kept, () => ({ horizon: position, spared: position }))] : []
  return { statements: [insert, ...trim], announce: () => ctx.wake(place) }
}

const latestTime = 8.64e15

function expiryOf({ ttl: own, declaration }: Message, from: number): number | null {
  const ttl = own ?? declaration.defaultTtl
  if (ttl === undefined) return null
  const at = from + ttl * 1000
  return at > latestTime ? null : at
}
