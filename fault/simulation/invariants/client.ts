import { frameOf } from '../../../apps/runtime/src/engine/log/frame.ts'
import type { SseFrame } from '../../../packages/client/src/sse.ts'
import { type Aftermath, eventsOf } from '../aftermath.ts'
import type { Client } from '../client.ts'
import type { WatchedRun } from '../watched-run.ts'

/** What a client was told is what is on disk. */
export function* clientComplaints(after: Aftermath, client: Client): Generator<string> {
  for (const run of client.runs) {
    yield* run.complaints
    yield* frameComplaints(after, run)
  }
  for (const { runId, inputId, text } of client.acknowledged) {
    const events = eventsOf(after, runId).map(({ event }) => event)
    const taken = events.filter((event) => event.type === 'user_input' && event.input_id === inputId).length
    const waits = after.inputs.some((input) => input.id === inputId)
    // Who ends a run may end it before it has heard everything: the rest is there to be taken back.
    const isReturned = after.returned.some((input) => input.id === inputId)
    const saidSo = events.filter(
      (event) => event.type === 'input_returned' && event.input_returned.input_id === inputId,
    ).length
    if (waits || taken + saidSo !== 1 || isReturned !== (saidSo === 1)) {
      yield `"${text}" was acknowledged; the log of ${runId} takes it in ${taken} times and returns it ${saidSo} times, it ${waits ? 'waits' : 'does not wait'} and is ${isReturned ? '' : 'not '}there to be taken back`
    }
  }
}

function* frameComplaints(after: Aftermath, run: WatchedRun): Generator<string> {
  const logged = eventsOf(after, run.id).flatMap(({ row }) => {
    return frameOf(row) ?? []
  })
  for (const [at, frame] of run.frames.entries()) {
    if (logged[at] !== bytesOf(frame)) {
      yield `a client of ${run.id} saw ${bytesOf(frame).trim()}, and the log has ${logged[at]?.trim()}`
      return
    }
  }
  if (run.frames.length < logged.length && !run.wasLeft) {
    yield `a client of ${run.id} saw ${run.frames.length} of ${logged.length} frames`
  }
}

function bytesOf({ id, event, data }: SseFrame): string {
  return `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`
}
