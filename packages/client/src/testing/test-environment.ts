import type { ClientEnvironment } from '../environment.ts'

/** Backoff never waits longer than this; everything longer is a watchdog. */
const LONGEST_SLEEP_MS = 10_000

/** Sleeps pass at once and are written down; watchdogs fire only by hand. */
export class TestEnvironment implements ClientEnvironment {
  time = 0
  readonly sleeps: number[] = []
  /** While true, sleeps last until `wake()`. */
  drowsy = false
  readonly #watchdogs = new Set<() => void>()
  readonly #wakeListeners = new Set<(cut?: boolean) => void>()

  now(): number {
    return this.time
  }

  random(): number {
    return 1
  }

  after(ms: number, fn: () => void): () => void {
    if (ms > LONGEST_SLEEP_MS) {
      this.#watchdogs.add(fn)
      return () => this.#watchdogs.delete(fn)
    }
    this.sleeps.push(ms)
    let cancelled = false
    if (!this.drowsy) {
      queueMicrotask(() => {
        this.time += ms
        if (!cancelled) fn()
      })
    }
    return () => {
      cancelled = true
    }
  }

  onWake(fn: (cut?: boolean) => void): () => void {
    this.#wakeListeners.add(fn)
    return () => this.#wakeListeners.delete(fn)
  }

  get watched(): number {
    return this.#watchdogs.size
  }

  get listeners(): number {
    return this.#wakeListeners.size
  }

  expireWatchdogs(): void {
    for (const fn of [...this.#watchdogs]) fn()
  }

  wake(cut?: boolean): void {
    for (const fn of [...this.#wakeListeners]) fn(cut)
  }
}
