import { parseLogEvent } from '../../engine/log/log-event.ts'
import type { LoggedEvent } from '../../engine/log/store.ts'

/** An event as those read it who look back. */
export function toTranscriptEntry({ seq, run_id, at, type, payload }: LoggedEvent) {
  const entry = { seq, run_id, ts: new Date(at).toISOString(), type }
  const event = parseLogEvent({ seq, run_id, at, type, payload })
  return { ...entry, payload: event.type === 'user_input' ? event.segments : event }
}
