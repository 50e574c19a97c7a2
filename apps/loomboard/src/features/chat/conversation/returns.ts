import type { Written } from '../model/types.ts'
import { asksFirst, joinWritten, unreadOf, writtenBack } from '../model/view/returned.ts'
import { retryDelay, type Shared } from './state.ts'

/** How long other tabs leave a message to the one that sent it. */
const senderFirst = 1_500

/** Messages that come back to the composer: refused ones, and those that a run ended without reading. */
export class Returns {
  private readonly shared: Shared
  private endedHere = false
  /** What is on its way to the composer was taken back from the runtime. */
  private claimed = false
  private takingBack: Promise<void> | undefined

  constructor(shared: Shared) {
    this.shared = shared
  }

  /** Into the composer, below what is on its way there. */
  hand(back: readonly Written[], reason: string, unsure = false): void {
    const { returned } = this.shared.state.get()
    const all = returned ? [returned, ...back] : back
    this.shared.change({ returned: { ...joinWritten(all), reason, unsure } })
  }

  /** The composer has the message back. */
  taken(): void {
    const { env, sessionId } = this.shared
    this.shared.change({ returned: undefined })
    if (this.claimed && sessionId) env.claims.write(sessionId, undefined)
    this.claimed = false
  }

  /** Whoever ends a run gets what it has not read. */
  ending(): void {
    this.endedHere = true
  }

  /** The run has ended. The tab where it was said asks first; the others leave it that long to do so. */
  onEnded(): void {
    const unread = unreadOf(this.shared.view)
    if (unread.length === 0) return
    if (asksFirst(unread, this.endedHere)) void this.takeBack()
    else this.later(senderFirst)
  }

  /** The log has been read: something may be left from an earlier run, or from an answer that got lost. */
  onLoaded(waiting: number): void {
    const { env, sessionId, view } = this.shared
    const isClaiming = sessionId !== undefined && env.claims.read(sessionId) !== undefined
    if (waiting > 0 || isClaiming || unreadOf(view).length > 0) void this.takeBack()
  }

  private later(ms: number): void {
    this.shared.env.after(ms, () => void (this.shared.watched && this.takeBack()))
  }

  /** Whoever asks the runtime first has what its run did not read; an answer that gets lost is asked for again. */
  private takeBack(): Promise<void> {
    this.endedHere = false
    const { sessionId } = this.shared
    if (!sessionId || this.claimed) return Promise.resolve()
    this.takingBack ??= this.claim(sessionId).finally(() => {
      this.takingBack = undefined
    })
    return this.takingBack
  }

  private async claim(sessionId: string): Promise<void> {
    const { shared } = this
    const { claims, client, newId } = shared.env
    const key = claims.read(sessionId) ?? newId()
    claims.write(sessionId, key)
    try {
      const { inputs } = await client.takeReturnedInputs(sessionId, { idempotencyKey: key })
      const { pending } = shared.view
      const back = writtenBack(inputs, pending)
      shared.change({ view: { ...shared.view, pending: pending.filter(({ state }) => state !== 'unread') } })
      this.claimed = back.length > 0
      if (this.claimed) this.hand(back, 'The run ended before it read this.')
      else claims.write(sessionId, undefined)
    } catch (error) {
      shared.env.noteError(error)
      this.later(retryDelay)
    }
  }
}
