import { describeError } from '../../../lib/describe-error.ts'
import type { CardMove } from './card-move.ts'
import { mayWorkLater, type WriterEnvironment } from './chunk-writer.ts'
import type { NewComment } from './comment.ts'
import type { Kept } from './kept.ts'
import type { Move } from './place.ts'

/** Something that has to be done to the document, as it is kept until the server has done it. */
export interface Errand {
  /** With the same key, twice is once. */
  key: string
  /** When it was wanted. */
  at: number
  /** Of the chunk. */
  title: string
  move?: Move
  card?: CardMove
  remove?: string
  comment?: NewComment
  /** It was decided on what the document was at this change, and is not done to anything else. */
  seen?: number
  /** It takes back something. */
  isUndo?: true
}

export interface ErrandRunner {
  /** Sends it. */
  run(errand: Errand): Promise<void>
  /** It was refused and will be every time; or, with another errand as the answer, is to be done on other terms. */
  onRefused(errand: Errand, error: unknown): Errand | undefined
  /** Why nothing gets done at the moment; undefined when it goes on. */
  onWaiting(reason: string | undefined): void
}

const firstRetry = 1_000
const lastRetry = 30_000

/** What has to be done one after another: each waits for the one before, and for the connection. */
export class Errands {
  private readonly env: Pick<WriterEnvironment, 'after' | 'noteError'>
  private readonly kept: Kept<Errand>
  private readonly runner: ErrandRunner
  private queue: Errand[] = []
  private readonly unkept = new Set<string>()
  private busy = false
  private cancelRetry: (() => void) | undefined
  private retryAfter = firstRetry

  constructor(env: Pick<WriterEnvironment, 'after' | 'noteError'>, kept: Kept<Errand>, runner: ErrandRunner) {
    this.env = env
    this.kept = kept
    this.runner = runner
  }

  add(errand: Errand): void {
    this.queue.push(errand)
    this.keep(errand)
    if (!this.cancelRetry) void this.work()
  }

  /** Goes on with what an earlier page has left; answers with it. */
  takeUp(): Errand[] {
    const known = new Set(this.queue.map(({ key }) => key))
    const left = [...this.kept.take().values()].filter(({ key }) => !known.has(key)).sort((a, b) => a.at - b.at)
    this.queue.push(...left)
    if (left.length > 0 && !this.cancelRetry) void this.work()
    return left
  }

  /** The connection is back. */
  tryAgain(): void {
    this.cancelRetry?.()
    this.cancelRetry = undefined
    void this.work()
  }

  /** Something of it would be gone with this page. */
  get wouldLose(): boolean {
    return this.unkept.size > 0
  }

  private keep(errand: Errand): void {
    if (!this.kept.write(errand.key, errand)) this.unkept.add(errand.key)
  }

  private async work(): Promise<void> {
    if (this.busy) return
    this.busy = true
    for (let next = this.queue[0]; next; next = this.queue[0]) {
      let instead: Errand | undefined
      try {
        await this.runner.run(next)
      } catch (error) {
        this.env.noteError(error)
        if (mayWorkLater(error)) {
          this.wait(error)
          break
        }
        instead = this.runner.onRefused(next, error)
      }
      this.queue = [...(instead ? [instead] : []), ...this.queue.slice(1)]
      this.kept.write(next.key, undefined)
      this.unkept.delete(next.key)
      if (instead) this.keep(instead)
      this.retryAfter = firstRetry
      this.runner.onWaiting(undefined)
    }
    this.busy = false
  }

  private wait(error: unknown): void {
    this.runner.onWaiting(describeError(error).reason)
    this.cancelRetry = this.env.after(this.retryAfter, () => this.tryAgain())
    this.retryAfter = Math.min(2 * this.retryAfter, lastRetry)
  }
}
