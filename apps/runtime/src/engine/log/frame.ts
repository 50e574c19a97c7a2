import { toWire } from './log-event.ts'
import type { LoggedEvent } from './store.ts'

/** The bytes of one server-sent event; undefined for rows that are not streamed. */
export function frameOf(row: LoggedEvent): string | undefined {
  const wire = toWire(row)
  return wire && `id: ${row.seq}\nevent: ${wire.type}\ndata: ${wire.data}\n\n`
}

/** A frame that is not in the log, and so has no id. */
export function transientFrame(event: { type: string }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}
