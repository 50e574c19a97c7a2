import { Bus } from '../../ground/bus.ts'
import { frameOf } from './frame.ts'
import type { LoggedEvent } from './store.ts'

/** Somebody who follows a run as it is written. */
export interface Follower {
  /** Called right after the commit; `frames` is one buffer for all followers. */
  onEvents(frames: Buffer | undefined, headSeq: number, rows: readonly LoggedEvent[]): void
  /** Another process has written; what it was is in the log. */
  onHint?(): void
}

interface Written {
  frames: Buffer | undefined
  rows: readonly LoggedEvent[]
}

/** Hands committed events to whoever follows the run. Each frame is made into bytes once. */
export class Publisher {
  readonly #bus: Bus

  constructor(bus = new Bus()) {
    this.#bus = bus
  }

  follow(runId: string, follower: Follower): () => void {
    return this.#bus.follow<Written>(topicOf(runId), (written) => {
      if (written) follower.onEvents(written.frames, written.rows.at(-1)!.seq, written.rows)
      else follower.onHint?.()
    })
  }

  /** Runs that somebody follows here. */
  followed(): string[] {
    return this.#bus.followedUnder(topicOf(''))
  }

  /** Another process has written. */
  hint(runId: string) {
    this.#bus.hint(topicOf(runId))
  }

  followersOf(runId: string): number {
    return this.#bus.followersOf(topicOf(runId))
  }

  publish(runId: string, rows: readonly LoggedEvent[]) {
    if (rows.length === 0) return
    const topic = topicOf(runId)
    const isFollowed = this.#bus.followersOf(topic) > 0
    this.#bus.announce(topic, isFollowed ? ({ frames: framesOf(rows), rows } satisfies Written) : undefined)
  }
}

function topicOf(runId: string): string {
  return `log/${runId}`
}

function framesOf(rows: readonly LoggedEvent[]): Buffer | undefined {
  const text = rows.map((row) => frameOf(row) ?? '').join('')
  return text ? Buffer.from(text) : undefined
}
