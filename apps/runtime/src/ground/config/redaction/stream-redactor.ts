import { openShapeAt } from '../open-shapes.ts'
import type { KnownSecrets } from './known-secrets.ts'
import { goneLine, openPrivateKey } from './private-keys.ts'
import type { Secret } from './secret-shapes.ts'

/** What may stand before a secret, and belongs to its shape. */
const longestContext = 140
/** Nothing that goes on longer than this is a secret. */
const mostHeld = 20_000

/**
 * Takes secrets out of text that comes in pieces, wherever it was cut. Holds back only what may be the beginning of
 * one; everything else goes on at once.
 */
export class StreamRedactor {
  readonly #find: (text: string, shaped: boolean) => Secret[]
  readonly #known: KnownSecrets
  readonly #isShaped: (text: string) => boolean
  /** The end of what has gone on, as it was. */
  #context = ''
  #isCut = false
  #held = ''

  /** `isShaped`: whether a text may hold what has the shape of a secret, and is to be looked through for it. */
  constructor(
    find: (text: string, shaped: boolean) => Secret[],
    known: KnownSecrets,
    isShaped: (text: string) => boolean,
  ) {
    this.#find = find
    this.#known = known
    this.#isShaped = isShaped
  }

  push(piece: string): string {
    const text = this.#context + this.#held + piece
    const shaped = this.#isShaped(text)
    const key = shaped ? openPrivateKey(text) : undefined
    const open = Math.max(
      Math.min(shaped ? openShapeAt(text) : text.length, key?.start ?? text.length, this.#known.openAt(text)),
      this.#context.length,
    )
    if (text.length - open <= mostHeld) {
      if (open > this.#context.length) return this.#letGo(text, shaped, open)
      this.#held += piece
      return ''
    }
    if (!key?.secret) return this.#letGo(text, shaped, text.length)
    const clean = this.#letGo(text, shaped, key.secret.end)
    // What follows may be of the key still.
    this.#context = key.name
    this.#held = goneLine + this.#held
    return clean
  }

  /** The text is over: what was held is all there is. */
  end(): string {
    const text = this.#context + this.#held
    const rest = this.#letGo(text, this.#isShaped(text), text.length)
    this.#context = ''
    this.#isCut = false
    return rest
  }

  #letGo(text: string, shaped: boolean, open: number): string {
    const known = this.#context.length
    // The beginning of a context that was cut may look like one.
    const secrets = this.#find(text, shaped).filter(({ start, end }) => end > known && !(this.#isCut && start === 0))
    let upTo = open
    for (const { start, end } of secrets) if (start < upTo && end > upTo) upTo = Math.max(start, known)
    let clean = ''
    let from = known
    for (const { start, end, mark } of secrets) {
      if (end > upTo) break
      clean += text.slice(from, Math.max(start, known)) + mark
      from = end
    }
    clean += text.slice(from, upTo)
    this.#isCut ||= upTo > longestContext
    this.#context = text.slice(Math.max(0, upTo - longestContext), upTo)
    this.#held = text.slice(upTo)
    return clean
  }
}
