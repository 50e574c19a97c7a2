import { parseToolInput } from '../tools/tool-input.ts'

/** The arguments of a call as they come in: each character is looked at once, and the whole is parsed once it may be one. */
export class Arguments {
  readonly pieces: string[] = []
  length = 0
  #depth = 0
  #isText = false
  #isEscaped = false
  /** What stands outside of objects, lists and texts, as far as it may say `null`. */
  #bare = ''
  /** An object, a list or a text has ended. */
  #isClosed = false
  /** It was read once it had ended; what comes behind makes it no other. */
  #read: boolean | undefined

  add(piece: string) {
    this.pieces.push(piece)
    this.length += piece.length
    for (let at = 0; at < piece.length; at++) this.#take(piece[at]!)
  }

  is(text: string): boolean {
    return text.length === this.length && text === this.pieces.join('')
  }

  /** Whether nothing is missing for a tool's input. */
  get isWhole(): boolean {
    if (this.#depth > 0 || this.#isText) return false
    if (!this.#isClosed) return this.#bare === '' || this.#bare === 'null'
    this.#read ??= typeof parseToolInput(this.pieces.join('')) !== 'string'
    return this.#read
  }

  #take(character: string) {
    if (this.#isText) {
      if (this.#isEscaped) this.#isEscaped = false
      else if (character === '\\') this.#isEscaped = true
      else if (character === '"') this.#isText = false
      if (!this.#isText) this.#isClosed = true
    } else if (character === '"') this.#isText = true
    else if (character === '{' || character === '[') this.#depth++
    else if (character === '}' || character === ']') {
      this.#depth--
      this.#isClosed = true
    } else if (this.#depth === 0 && this.#bare.length < 5) this.#bare += character.trim()
  }
}
