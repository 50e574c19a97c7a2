import { describeError } from '../../../lib/describe-error.ts'
import { mayWorkLater, type WriterEnvironment } from './chunk-writer.ts'

export interface Errand {
  /** Sends it; with the same key, twice is once. */
  run(key: string): Promise<void>
  /** It was refused, and will be every time. */
  onRefused(error: unknown): void
}

const firstRetry = 1_000
const lastRetry = 30_000

/** What has to be done one after another: each waits for the one before, and for the connection. */
export class Errands {
  private readonly env: WriterEnvironment
  private readonly onWaiting: (reason: string | undefined) => void
  private readonly queue: Array<Errand & { key: string }> = []
  private busy = false
  private cancelRetry: (() => void) | undefined
  private retryAfter = firstRetry

  /** `onWaiting` hears why nothing gets done at the moment, and that it goes on. */
  constructor(env: WriterEnvironment, onWaiting: (reason: string | undefined) => void) {
    this.env = env
    this.onWaiting = onWaiting
  }

  add(errand: Errand): void {
    this.queue.push({ ...errand, key: this.env.newId() })
    if (!this.cancelRetry) void this.work()
  }

  /** The connection is back. */
  tryAgain(): void {
    this.cancelRetry?.()
    this.cancelRetry = undefined
    void this.work()
  }

  private async work(): Promise<void> {
    if (this.busy) return
    this.busy = true
    for (let next = this.queue[0]; next; next = this.queue[0]) {
      try {
        await next.run(next.key)
      } catch (error) {
        this.env.noteError(error)
        if (mayWorkLater(error)) {
          this.wait(error)
          break
        }
        next.onRefused(error)
      }
      this.queue.shift()
      this.retryAfter = firstRetry
      this.onWaiting(undefined)
    }
    this.busy = false
  }

  private wait(error: unknown): void {
    this.onWaiting(describeError(error).reason)
    this.cancelRetry = this.env.after(this.retryAfter, () => this.tryAgain())
    this.retryAfter = Math.min(2 * this.retryAfter, lastRetry)
  }
}
