import { frameOf } from './frame.ts'
import type { LoggedEvent } from './store.ts'

/** Somebody who follows a run as it is written. */
export interface Follower {
  /** Called right after the commit; `frames` is one buffer for all followers. */
  onEvents(frames: Buffer | undefined, headSeq: number, rows: readonly LoggedEvent[]): void
}

/** Hands committed events to whoever follows the run in this process. Each frame is made into bytes once. */
export class Publisher {
  readonly #followers = new Map<string, Set<Follower>>()

  follow(runId: string, follower: Follower): () => void {
    let set = this.#followers.get(runId)
    if (!set) this.#followers.set(runId, (set = new Set()))
    set.add(follower)
    return () => {
      set.delete(follower)
      if (set.size === 0 && this.#followers.get(runId) === set) this.#followers.delete(runId)
    }
  }

  followersOf(runId: string): number {
    return this.#followers.get(runId)?.size ?? 0
  }

  publish(runId: string, rows: readonly LoggedEvent[]) {
    const set = this.#followers.get(runId)
    const last = rows.at(-1)
    if (!set || !last) return
    const text = rows.map((row) => frameOf(row, false) ?? '').join('')
    const frames = text ? Buffer.from(text) : undefined
    for (const follower of set) follower.onEvents(frames, last.seq, rows)
  }
}
