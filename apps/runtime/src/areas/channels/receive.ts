import type { AwaitMode, ChannelAwait, ChannelMessage } from '@loomcycle/proto'
import { parseJson } from '../../ground/json.ts'
import type { Opened } from './access.ts'
import { later, type Position, start, toCursor } from './cursor.ts'
import type { Place } from './place.ts'
import { type Db, findCursor, listMessages, putCursor, type StoredMessage } from './store.ts'

/** One channel to read from. */
export interface Reading {
  place: Place
  /** Whose cursor: empty where all who read share one. */
  reader: string
  /** In place of where the cursor stands. */
  from?: Position
}

/** What somebody wants to receive; kept as JSON while a run waits for it. */
export interface Wanted {
  readings: Reading[]
  maxMessages: number
  /** The agent that asks, or empty. */
  agent: string
  what: { op: 'subscribe' } | { op: 'await'; mode: AwaitMode; n: number }
}

export function toReading({ place, reader }: Opened, from: Position | undefined): Reading {
  return { place, reader, ...(from === undefined ? {} : { from }) }
}

export interface Batch {
  reading: Reading
  messages: StoredMessage[]
  /** Where to read on. */
  next: Position
}

export interface Moment {
  horizon: Position
  now: number
}

export function readAll(tx: Db, wanted: Wanted, moment: Moment): Promise<Batch[]> {
  return Promise.all(wanted.readings.map((reading) => readOne(tx, reading, wanted.maxMessages, moment)))
}

async function readOne(tx: Db, reading: Reading, limit: number, moment: Moment): Promise<Batch> {
  const after = reading.from ?? (await findCursor(tx, reading.place, reading.reader)) ?? start
  const messages = await listMessages(tx, reading.place, { after, limit, ...moment })
  return { reading, messages, next: messages.at(-1)?.position ?? after }
}

export function isSatisfied({ what, readings }: Wanted, batches: readonly Batch[]): boolean {
  const fired = batches.filter(hasMessages).length
  if (what.op === 'subscribe') return fired > 0
  return fired >= (what.mode === 'any' ? 1 : what.mode === 'all' ? readings.length : what.n)
}

/** A subscription takes what it is given; waiting for several channels takes nothing. */
export async function commit(tx: Db, wanted: Wanted, batches: readonly Batch[], now: number): Promise<void> {
  if (wanted.what.op !== 'subscribe') return
  for (const { reading, next } of batches.filter(hasMessages)) {
    const { place, reader } = reading
    const position = reading.from === undefined ? next : later(next, (await findCursor(tx, place, reader)) ?? start)
    await putCursor(tx, place, { reader, position, movedBy: wanted.agent, now })
  }
}

export function toDelivery({ reading, messages, next }: Batch) {
  return { channel: reading.place.channel, messages: messages.map(toMessage), next_cursor: toCursor(next) }
}

export function toAwait(wanted: Wanted, batches: readonly Batch[]): ChannelAwait {
  const satisfied = isSatisfied(wanted, batches)
  return {
    satisfied,
    timed_out: !satisfied,
    mode: wanted.what.op === 'await' ? wanted.what.mode : 'any',
    fired: batches.filter(hasMessages).map(({ reading }) => reading.place.channel),
    total_messages: batches.reduce((sum, { messages }) => sum + messages.length, 0),
    results: Object.fromEntries(
      batches.map(({ reading, messages, next }) => [
        reading.place.channel,
        { messages: messages.map(toMessage), next_cursor: toCursor(next) },
      ]),
    ),
  }
}

/** What the asker is told. */
export function toAnswer(wanted: Wanted, batches: readonly Batch[]) {
  return wanted.what.op === 'subscribe' ? toDelivery(batches[0]!) : toAwait(wanted, batches)
}

function toMessage({ id, payload, publishedAt }: StoredMessage): ChannelMessage {
  return { id, value: parseJson(payload), published_at: new Date(publishedAt).toISOString() }
}

function hasMessages({ messages }: Batch): boolean {
  return messages.length > 0
}
