import type { LogEvent } from '../log/log-event.ts'
import { type RunRecord, totalUsage } from './run-record.ts'
import type { RunEnd } from './runs.ts'

/** What the log of a run ends with. */
export function lastWord(record: RunRecord, how: RunEnd): LogEvent {
  if (how.status === 'failed') return { type: 'error', error: how.error ?? how.stopReason }
  const usage = totalUsage(record)
  if (how.status === 'cancelled') return { type: 'done', stop_reason: 'cancelled', cancelled: true, usage }
  return { type: 'done', stop_reason: how.stopReason, usage }
}
