import { LoomcycleError } from './errors.ts'
import type { StreamCursor } from './resumable-stream.ts'
import { objectOf, type SseFrame, seqOf } from './sse.ts'
import type { DocumentPresence } from './wire.gen.ts'

/** What has been delivered of a log of changes. It never ends; a server that closes it is about to come back. */
export class ChangeCursor<T extends { seq: number }> implements StreamCursor<T> {
  /** Undefined until the server has said where it starts. */
  since: number | undefined
  /** The server tells nothing, however often it is asked. */
  #isOff = false

  readonly #onPresence: ((presence: DocumentPresence) => void) | undefined

  /** `onPresence` hears what comes between the changes and is of no log. */
  constructor(since: number | undefined, onPresence?: (presence: DocumentPresence) => void) {
    this.since = since
    this.#onPresence = onPresence
  }

  get resumable(): boolean {
    return !this.#isOff
  }

  get mayStartOver(): boolean {
    return !this.#isOff
  }

  get lastSeq(): number {
    return this.since ?? -1
  }

  connected(): void {}

  isOver(): boolean {
    return false
  }

  accept(frame: SseFrame): T | undefined {
    const data = objectOf(frame)
    if (!data) return undefined
    if (data.enabled === false) {
      this.#isOff = true
      throw new LoomcycleError('the feed of changes is off', { code: 'feed_off' })
    }
    if (frame.event === 'presence') this.#onPresence?.(data as DocumentPresence)
    // Older servers number nothing but what they say.
    const seq = seqOf(frame) ?? data.seq ?? data.since
    if (typeof seq !== 'number') return undefined
    if (frame.event !== 'change') {
      // A log that ends before what was seen is another: a backup was restored. It goes on from its end.
      this.since = Math.min(this.since ?? seq, seq)
      return undefined
    }
    if (seq <= this.lastSeq) return undefined
    this.since = seq
    return data as unknown as T
  }
}
