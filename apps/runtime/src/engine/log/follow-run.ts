import type { Database } from '../../ground/db/database.ts'
import { ourTurn } from '../../ground/in-turn.ts'
import { frameOf, transientFrame } from './frame.ts'
import { parseLogEvent } from './log-event.ts'
import { firstPageRows, rowsLike } from './page-rows.ts'
import type { Publisher } from './publisher.ts'
import { type LoggedEvent, listRunEvents, typeOfEvent } from './store.ts'
import { storeNotice } from './store-notice.ts'

/** Where frames go; an SSE response, or a test's array. */
export interface FrameSink {
  readonly closed: AbortSignal
  readonly isBehind: boolean
  write(bytes: Buffer | string): void
  /** For a sink that makes frames of its own; `write` is not called then. */
  writeRows?(rows: readonly LoggedEvent[]): void
  drained(): Promise<void>
}

/** The turn that a run begins with, or the input of this id. */
export type Omitted = 'opening' | (string & {})

export interface FollowOptions {
  db: Database
  publisher: Publisher
  sessionId: string
  runId: string
  /** Exclusive. */
  afterSeq: number
  /** Left out: what the caller has just said. */
  omit?: Omitted | undefined
  /** Whether the run has ended; asked before the log is read. */
  hasEnded(): Promise<boolean>
}

/**
 * Replays a run from the log and then follows it live, every event once and in order, until the run has ended or
 * the reader is gone. A reader that falls behind goes back to reading the log, so it costs a bounded buffer.
 */
export async function followRun(sink: FrameSink, options: FollowOptions): Promise<void> {
  const { db, publisher, sessionId, runId } = options
  let cursor = options.afterSeq
  // What was said may be very long, and is not even read.
  if (options.omit === 'opening' && (await typeOfEvent(db, sessionId, cursor + 1)) === 'user_input') cursor++
  let head = 0
  let live = false
  /** Another process has written since the log was last looked at. */
  let hinted = false
  let wake: (() => void) | undefined
  let rows = firstPageRows

  /** The input that is yet to come, and not to be sent. */
  let omitted = options.omit === 'opening' ? undefined : options.omit
  const sendRows = (all: readonly LoggedEvent[]) => {
    const sent = omitted === undefined ? all : all.filter((row) => inputIdOf(row) !== omitted)
    if (sent.length < all.length) omitted = undefined
    if (sink.writeRows) sink.writeRows(sent)
    else sink.write(sent.map((row) => frameOf(row) ?? '').join(''))
  }

  /**
   * Sends the next page of the log; false when there is no more to look for. An end that was committed after it had been
   * asked for is in the page, and is not told again.
   */
  const sendPage = async () => {
    const page = await listRunEvents(db, sessionId, runId, cursor, rows)
    if (page.length === 0) return false
    sendRows(page)
    const isFull = page.length === rows
    cursor = page.at(-1)!.seq
    rows = rowsLike(page)
    await sink.drained()
    if (isFull) await ourTurn()
    return isFull || endsRun(page)
  }

  const unfollow = publisher.follow(runId, {
    onEvents(frames, headSeq, rows) {
      // What is committed may have been read from the log before it is told.
      if (headSeq <= cursor) return
      head = headSeq
      // What another process wrote before, which had the run until now, may not have been told here.
      const isNext = rows[0]!.seq <= cursor + 1
      if (live && isNext && !sink.isBehind) {
        if (sink.writeRows || omitted) sendRows(rows)
        else if (frames) sink.write(frames)
        cursor = headSeq
        if (!endsRun(rows)) return
      }
      live = false
      wake?.()
    },
    onHint() {
      hinted = true
      live = false
      wake?.()
    },
  })

  // It has the place of the event before it: a reader that does not know it takes it for one it has had.
  const unwatch = db.health.follow((error) => {
    if (!sink.closed.aborted) sink.write(`id: ${cursor}\n${transientFrame(storeNotice(error))}`)
  })

  const onClosed = () => wake?.()
  sink.closed.addEventListener('abort', onClosed)

  try {
    while (!sink.closed.aborted) {
      hinted = false
      // Asked first: nothing comes after an end, so what is read then is all there is.
      const hasEnded = await options.hasEnded()
      if (await sendPage()) continue
      if (hasEnded) return
      if (head > cursor || hinted || sink.closed.aborted) continue
      await new Promise<void>((resolve) => {
        wake = resolve
        live = true
      })
      await sink.drained()
    }
  } finally {
    sink.closed.removeEventListener('abort', onClosed)
    unwatch()
    unfollow()
  }
}

function inputIdOf(row: LoggedEvent): string | undefined {
  const event = row.type === 'user_input' ? parseLogEvent(row) : undefined
  return event?.type === 'user_input' ? event.input_id : undefined
}

/** After these the run's row may say that it has ended; the follower looks. */
function endsRun(rows: readonly LoggedEvent[]): boolean {
  return rows.some((row) => row.type === 'done' || row.type === 'error')
}
