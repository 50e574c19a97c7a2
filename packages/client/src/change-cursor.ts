import type { StreamCursor } from './resumable-stream.ts'
import type { SseFrame } from './sse.ts'

/** What has been delivered of a log of changes. It never ends; a server that closes it is about to come back. */
export class ChangeCursor<T extends { seq: number }> implements StreamCursor<T> {
  /** Undefined until the server has said where it starts. */
  since: number | undefined
  readonly resumable = true
  readonly mayStartOver = true

  constructor(since: number | undefined) {
    this.since = since
  }

  get lastSeq(): number {
    return this.since ?? -1
  }

  connected(): void {}

  isOver(): boolean {
    return false
  }

  accept(frame: SseFrame): T | undefined {
    if (!/^\d+$/.test(frame.id)) return undefined
    const seq = Number(frame.id)
    if (frame.event !== 'change') {
      this.since ??= seq
      return undefined
    }
    if (seq <= this.lastSeq) return undefined
    try {
      const change: T = JSON.parse(frame.data)
      this.since = seq
      return change
    } catch {
      return undefined
    }
  }
}
