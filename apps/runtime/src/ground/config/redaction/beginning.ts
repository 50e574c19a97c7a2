/** A text, as far as it is read here. */
export type Characters = Pick<string, 'length' | 'charCodeAt'>

/** Something that a text may end in the middle of. */
export class Beginning {
  readonly #whole: string
  /** By how much of it there is: the most of its beginning, short of all of that, that this ends with. */
  readonly #next: Uint32Array

  constructor(whole: string) {
    this.#whole = whole
    this.#next = new Uint32Array(whole.length + 1)
    for (let at = 1, length = 0; at < whole.length; at++) {
      length = this.#grown(length, whole.charCodeAt(at))
      this.#next[at + 1] = length
    }
  }

  /** How much of its beginning, short of all of it, a text ends with; every character from `from` on is looked at once. */
  endOf(text: Characters, from: number): number {
    let length = 0
    for (let at = from; at < text.length; at++) {
      length = this.#grown(length, text.charCodeAt(at))
      if (length === this.#whole.length) length = this.#next[length]!
    }
    return length
  }

  #grown(length: number, character: number): number {
    let grown = length
    while (grown > 0 && this.#whole.charCodeAt(grown) !== character) grown = this.#next[grown]!
    return this.#whole.charCodeAt(grown) === character ? grown + 1 : 0
  }
}
