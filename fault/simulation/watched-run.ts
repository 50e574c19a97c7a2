import type { AppContext } from '../../apps/runtime/src/context.ts'
import { followRun } from '../../apps/runtime/src/engine/log/follow-run.ts'
import { isLive, type RunRecord } from '../../apps/runtime/src/engine/rows/run-record.ts'
import { findRun } from '../../apps/runtime/src/engine/rows/runs.ts'
import { type SseFrame, SseParser } from '../../packages/client/src/sse.ts'

/** A run as its client sees it: a stream that is taken up again after every process, where it broke off. */
export class WatchedRun {
  readonly record: RunRecord
  readonly frames: SseFrame[] = []
  readonly complaints: string[] = []
  /** The server said that there is nothing more to come. */
  hasEnded = false
  wasLeft = false
  #connection: AbortController | undefined

  constructor(record: RunRecord) {
    this.record = record
  }

  get id(): string {
    return this.record.id
  }

  get lastSeq(): number {
    return Number(this.frames.at(-1)?.id ?? 0)
  }

  has(type: string, matching: (data: string) => boolean = () => true): boolean {
    return this.frames.some((frame) => frame.event === type && matching(frame.data))
  }

  count(type: string): number {
    return this.frames.filter((frame) => frame.event === type).length
  }

  get latestQuestion(): string {
    const frame = this.frames.findLast(
      ({ event, data }) => event === 'interruption_pending' && !data.includes('"notice"'),
    )
    return JSON.parse(frame?.data ?? '{}').interruption.interrupt_id as string
  }

  /** Nothing has come since the run parked. */
  get isParked(): boolean {
    return this.frames.at(-1)?.event === 'awaiting_input'
  }

  attach(ctx: AppContext) {
    if (this.hasEnded) return
    const connection = new AbortController()
    this.#connection = connection
    const parser = new SseParser()
    const detach = ctx.engine.callerAttached(this.record)
    const sink = {
      closed: connection.signal,
      isBehind: false,
      write: (bytes: Buffer | string) => this.#take(parser.push(Buffer.from(bytes))),
      drained: async () => {},
    }
    const { id, sessionId, firstSeq } = this.record
    const options = {
      db: ctx.db,
      publisher: ctx.publisher,
      sessionId,
      runId: id,
      afterSeq: Math.max(this.lastSeq, firstSeq - 1),
      hasEnded: async () => {
        const now = await findRun(ctx.db, id)
        return !now || !isLive(now)
      },
    }
    followRun(sink, options)
      .then(() => {
        this.hasEnded ||= !connection.signal.aborted
      })
      .catch((error: unknown) => {
        if (!connection.signal.aborted) this.complaints.push(`the stream of ${id} broke: ${error}`)
      })
      .finally(detach)
  }

  drop() {
    this.#connection?.abort()
  }

  /** Nobody listens any more, and nobody will. */
  leave() {
    this.drop()
    this.hasEnded = true
    this.wasLeft = true
  }

  #take(frames: readonly SseFrame[]) {
    for (const frame of frames) {
      if (Number(frame.id) <= this.lastSeq) {
        this.complaints.push(`the stream of ${this.id} sent ${frame.event} ${frame.id} after ${this.lastSeq}`)
      }
      this.frames.push(frame)
    }
  }
}
