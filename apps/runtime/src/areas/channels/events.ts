import type { LogEvent } from '../../engine/log/log-event.ts'
import { toCursor } from './cursor.ts'
import type { Place } from './place.ts'
import type { Published } from './publish.ts'
import type { Batch } from './receive.ts'

type Redact = (text: string) => string

const previewLength = 200

export function publishEvent(place: Place, payload: string, published: Published, redact: Redact): LogEvent {
  return {
    type: 'channel_publish',
    channel: {
      ...describe(place, published.id, payload, redact),
      ...(published.droppedOldest ? { dropped_oldest: published.droppedOldest } : {}),
    },
  }
}

/** One for each message. */
export function deliveryEvents(batches: readonly Batch[], redact: Redact): LogEvent[] {
  return batches.flatMap(({ reading, messages }) =>
    messages.map(
      ({ id, payload, position }): LogEvent => ({
        type: 'channel_delivery',
        channel: { ...describe(reading.place, id, payload, redact), cursor: toCursor(position) },
      }),
    ),
  )
}

function describe({ channel, scope, scopeId }: Place, message_id: string, payload: string, redact: Redact) {
  return {
    channel,
    message_id,
    scope,
    ...(scopeId ? { scope_id: scopeId } : {}),
    payload_bytes: Buffer.byteLength(payload),
    // Secrets are looked for in the whole: half of one would not be found.
    payload_preview: redact(payload).slice(0, previewLength).toWellFormed(),
  }
}
