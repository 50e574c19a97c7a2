import type { ClientEnvironment } from './environment.ts'
import { nameOf, ResumableStream } from './resumable-stream.ts'
import type { ResumeSettings } from './resume.ts'
import { RunCursor } from './run-cursor.ts'
import type { AgentEvent } from './types.ts'

export interface RunStreamSpec {
  /** The first request; what it throws is thrown as it is. */
  open: () => Promise<Response>
  /** A later request for what comes after `fromSeq`; answers of any status come back. */
  reopen: (runId: string, fromSeq: number, signal: AbortSignal) => Promise<Response>
  environment: ClientEnvironment
  resume: ResumeSettings
  /** Known beforehand when re-attaching; otherwise the `agent` frame tells. */
  runId?: string
  fromSeq?: number
  /** The first answer leaves out the turn the caller has just sent. */
  omitsOpening?: boolean
  debug?: boolean
  signal?: AbortSignal
}

/** The events of a run, over as many connections as it takes. No request is made before the first `next()`. */
export async function* runEvents(spec: RunStreamSpec): AsyncGenerator<AgentEvent, void, undefined> {
  const res = await spec.open()
  const { environment, resume, signal } = spec
  const cursor = new RunCursor(spec.runId, spec.fromSeq ?? 0, spec.omitsOpening ?? false)
  const reopen = (connecting: AbortSignal) => spec.reopen(cursor.runId ?? '', cursor.lastSeq, connecting)
  const stream = new ResumableStream({ cursor, reopen, environment, resume, signal }, res)
  try {
    if (spec.debug) yield { type: '_meta', meta_subtype: 'stream_open' }
    try {
      yield* stream.events()
    } catch (err) {
      if (spec.debug) yield { type: '_meta', meta_subtype: 'stream_close', meta_reason: nameOf(err) }
      throw err
    }
    if (spec.debug) yield { type: '_meta', meta_subtype: 'stream_close', meta_reason: 'eof' }
  } finally {
    stream.close()
  }
}
