import type { Clock } from '../../ground/clock.ts'
import type { StreamRedactor } from '../../ground/config/redaction/stream-redactor.ts'

type Kind = 'text' | 'thinking'

const maxWaitMs = 25
const maxChars = 2048

/**
 * Joins a model's token deltas into fewer, larger ones before they are stored, without the secrets in them. The first
 * delta of a block goes out at once; the rest wait until enough has come together or a moment has passed.
 */
export class DeltaBuffer {
  readonly #clock: Clock
  readonly #redactor: StreamRedactor
  readonly #emit: (delta: { type: Kind; text: string }) => void
  #kind: Kind | undefined
  #text = ''
  /** Something of the block has gone out. */
  #hasBegun = false
  #cancelTimer: (() => void) | undefined

  constructor(clock: Clock, redactor: StreamRedactor, emit: (delta: { type: Kind; text: string }) => void) {
    this.#clock = clock
    this.#redactor = redactor
    this.#emit = emit
  }

  push(kind: Kind, text: string) {
    if (text === '') return
    if (kind !== this.#kind) this.endBlock()
    this.#kind = kind
    this.#text += this.#redactor.push(text)
    if (!this.#hasBegun || this.#text.length >= maxChars) this.#flush()
    else this.#cancelTimer ??= this.#clock.after(maxWaitMs, () => this.#flush())
  }

  /** What was waiting goes out; the next delta starts a block. */
  endBlock() {
    this.#text += this.#redactor.end()
    this.#flush()
    this.#text = ''
    this.#kind = undefined
    this.#hasBegun = false
  }

  #flush() {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    if (this.#text === '' || this.#kind === undefined) return
    // A delta never ends inside a surrogate pair: the half would be stored as a replacement character.
    const cut = endsInHighSurrogate(this.#text) ? this.#text.length - 1 : this.#text.length
    const text = this.#text.slice(0, cut)
    this.#text = this.#text.slice(cut)
    if (text === '') return
    this.#hasBegun = true
    this.#emit({ type: this.#kind, text })
  }
}

function endsInHighSurrogate(text: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff
}
