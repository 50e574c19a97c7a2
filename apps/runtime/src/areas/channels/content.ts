import { type AwaitMode, RuntimeError } from '@loomcycle/proto'
import type { ChannelContext } from './context.ts'
import { type Position, parseCursor } from './cursor.ts'

/** The message as JSON. */
export function checkedPayload({ limits }: ChannelContext, value: unknown): string {
  if (value === undefined) throw new RuntimeError('missing_payload', 'payload is missing')
  if (value === null) throw new RuntimeError('invalid_payload', 'payload must not be null')
  const payload = JSON.stringify(value)
  const bytes = Buffer.byteLength(payload)
  if (bytes > limits.channelMaxValueBytes) {
    throw new RuntimeError(
      'payload_too_large',
      `the message is ${bytes} bytes long as JSON and may be ${limits.channelMaxValueBytes}; keep the large part elsewhere and send where it is`,
    )
  }
  return payload
}

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/
/** Later than this does not fit into a cursor. */
const latest = Date.parse('2500-01-01T00:00:00Z')

export function checkedTime(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const at = rfc3339.test(text) ? Date.parse(text.replace(' ', 'T').toUpperCase()) : Number.NaN
  if (at <= latest) return at
  throw new RuntimeError(
    'invalid_deliver_at',
    'deliver_at must be a time as in RFC 3339, e.g. 2026-06-30T09:00:00Z, and before the year 2500',
  )
}

export function requiredCursor(text: string | undefined): Position {
  const position = checkedCursor(text)
  if (position === undefined) throw new RuntimeError('invalid_request', 'cursor is missing')
  return position
}

/** How many channels have to have messages; only `at_least` asks. */
export function checkedCount(mode: AwaitMode, n: number | undefined, channels: number): number {
  if (mode !== 'at_least') return 1
  if (n === undefined) throw new RuntimeError('invalid_request', 'n is missing, which the mode at_least needs')
  if (n > channels) throw new RuntimeError('invalid_request', `n is ${n}, and there are ${channels} channels`)
  return n
}

/** Undefined: from where the cursor stands. */
export function checkedCursor(text: string | undefined): Position | undefined {
  if (text === undefined || text === '') return undefined
  const position = parseCursor(text)
  if (position !== undefined) return position
  throw new RuntimeError(
    'invalid_request',
    `"${text.slice(0, 80)}" is not a cursor; it is a next_cursor from before, or cur_0 for the start`,
  )
}
