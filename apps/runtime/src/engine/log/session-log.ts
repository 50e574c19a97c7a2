import type { Clock } from '../../ground/clock.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { addBytes } from '../rows/sessions.ts'
import type { LogEvent, LogEventType } from './log-event.ts'
import type { Publisher } from './publisher.ts'
import { type Fence, headSeq, insertEvent, insertNextEvent, type LoggedEvent } from './store.ts'

const mostUncounted = 64 * 1024
/** Nothing may come after these for long. */
const atRest: ReadonlySet<string> = new Set<LogEventType>(['awaiting_input', 'done', 'error'])

export interface SessionLogOptions {
  db: Database
  clock: Clock
  publisher: Publisher
  tenantId: string
  sessionId: string
  /** Every write fails once another hand has the run. */
  fence?: Fence
}

/**
 * The one writer of a session's log while one of its runs is live. Gives out `seq`, stores, and only then lets
 * readers see. Events are on disk in the order of the calls, together with the statements that came with them.
 */
export class SessionLog {
  readonly #options: SessionLogOptions
  #head: number
  /** Of what was appended since the session was last told how large it is. */
  #uncounted = 0

  private constructor(options: SessionLogOptions, head: number) {
    this.#options = options
    this.#head = head
  }

  static async open(options: SessionLogOptions): Promise<SessionLog> {
    return new SessionLog(options, await headSeq(options.db, options.sessionId))
  }

  /** The last seq given out. */
  get head(): number {
    return this.#head
  }

  /** To be called after an append that was refused, and before the next one: takes back the numbers it was given. */
  async rewind(): Promise<void> {
    this.#head = await headSeq(this.#options.db, this.#options.sessionId)
  }

  /** Resolves when the events and `along` are on disk and published. */
  append(
    runId: string,
    events: readonly LogEvent[],
    along: readonly Statement[] = [],
    onCommit?: () => void,
  ): Promise<void> {
    const { db, clock, publisher, tenantId, sessionId, fence } = this.#options
    const at = clock.now()
    const rows: LoggedEvent[] = events.map((event) => ({
      seq: ++this.#head,
      run_id: runId,
      at,
      type: event.type,
      payload: JSON.stringify(event),
    }))
    const inserts = rows.map((row, i) =>
      i === 0 ? insertNextEvent(tenantId, sessionId, row, fence) : insertEvent(tenantId, sessionId, row),
    )
    for (const { payload } of rows) this.#uncounted += payload.length
    // When the run rests is enough, as long as it is little.
    const isDue = this.#uncounted >= mostUncounted || rows.some(({ type }) => atRest.has(type))
    const tell = () => {
      onCommit?.()
      publisher.publish(runId, rows)
    }
    return db.write([...inserts, ...along, ...(isDue ? this.countBytes() : [])], tell)
  }

  /** Tells the session how much was appended; for whoever has the run leave memory without a last event. */
  countBytes(): Statement[] {
    const bytes = this.#uncounted
    this.#uncounted = 0
    return bytes === 0 ? [] : [addBytes(this.#options.sessionId, bytes)]
  }
}
