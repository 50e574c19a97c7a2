import type { Clock } from '../../../ground/clock.ts'

/** Gives back what was taken; more than once is once. */
export type GiveBack = () => void

interface Waiting {
  bytes: number
  admit(giveBack: GiveBack): void
}

/**
 * How many bytes of large request bodies the process holds at once. Whoever comes when there is no room waits in line;
 * what is larger than all there is gets in alone.
 */
export class BodyBudget {
  readonly #most: number
  #held = 0
  #line: Waiting[] = []

  constructor(mostBytes: number) {
    this.#most = mostBytes
  }

  /** Undefined where the patience, or whoever asked, was gone before there was room. */
  take(bytes: number, { clock, patienceMs, signal }: { clock: Clock; patienceMs: number; signal: AbortSignal }) {
    return new Promise<GiveBack | undefined>((resolve) => {
      const leave = () => {
        this.#line = this.#line.filter((one) => one !== waiting)
        settle(undefined)
        this.#admit()
      }
      const settle = (giveBack: GiveBack | undefined) => {
        stopWaiting()
        signal.removeEventListener('abort', leave)
        resolve(giveBack)
      }
      const waiting = { bytes, admit: settle }
      const stopWaiting = clock.after(patienceMs, leave)
      signal.addEventListener('abort', leave, { once: true })
      this.#line.push(waiting)
      if (signal.aborted) leave()
      else this.#admit()
    })
  }

  #admit() {
    for (let next = this.#line[0]; next && this.#hasRoomFor(next.bytes); next = this.#line[0]) {
      const { bytes, admit } = next
      this.#line.shift()
      this.#held += bytes
      let isHeld = true
      admit(() => {
        if (!isHeld) return
        isHeld = false
        this.#held -= bytes
        this.#admit()
      })
    }
  }

  #hasRoomFor(bytes: number): boolean {
    return this.#held === 0 || this.#held + bytes <= this.#most
  }
}
