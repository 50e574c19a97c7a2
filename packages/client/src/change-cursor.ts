import { LoomcycleError } from './errors.ts'
import type { StreamCursor } from './resumable-stream.ts'
import type { SseFrame } from './sse.ts'

/** What has been delivered of a log of changes. It never ends; a server that closes it is about to come back. */
export class ChangeCursor<T extends { seq: number }> implements StreamCursor<T> {
  /** Undefined until the server has said where it starts. */
  since: number | undefined
  /** The server tells nothing, however often it is asked. */
  #isOff = false

  constructor(since: number | undefined) {
    this.since = since
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
    const data = parse(frame.data)
    if (!data) return undefined
    if (data.enabled === false) {
      this.#isOff = true
      throw new LoomcycleError('This server’s feed of changes is off.', { code: 'feed_off' })
    }
    // Older servers number nothing but what they say.
    const seq = /^\d+$/.test(frame.id) ? Number(frame.id) : (data.seq ?? data.since)
    if (typeof seq !== 'number') return undefined
    if (frame.event !== 'change') {
      this.since ??= seq
      return undefined
    }
    if (seq <= this.lastSeq) return undefined
    this.since = seq
    return data as unknown as T
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const data: unknown = JSON.parse(text)
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
