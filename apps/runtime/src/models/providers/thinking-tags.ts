import type { ProviderEvent } from './provider.ts'

type Piece = Extract<ProviderEvent, { type: 'text' | 'thinking' | 'text_was_thinking' }>

/** How models mark their thinking inside of the text where nobody takes it apart for them. */
const TAGS = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['<seed:think>', '</seed:think>'],
  ['[think]', '[/think]'],
] as const
const CLOSING = TAGS.map(([, close]) => close)
const EITHER = TAGS.flat()

/**
 * Takes the thinking out of a text that comes in pieces. It stands before the answer, and only there a tag is one: an
 * answer that explains such tags keeps them. Templates that write the opening tag themselves leave the model with the
 * closing one; what came before that was thinking, too.
 */
export class ThinkingTags {
  #place: 'before' | 'opened' | 'thinking' | 'answer' = 'before'
  #held = ''
  #close = ''
  /** The thinking has been told apart already. */
  #apart = false
  #said = ''

  push(piece: string): Piece[] {
    this.#held += piece
    return this.#read(false)
  }

  /** Nothing more comes: what looked like the beginning of a tag was none. */
  end(): Piece[] {
    return this.#read(true)
  }

  /** The service tells thinking from text by itself, so that a closing tag alone is somebody's words. */
  toldApart() {
    this.#apart = true
  }

  #read(last: boolean): Piece[] {
    const pieces: Piece[] = []
    while (this.#step(pieces, last));
    return pieces
  }

  /** False when there is nothing to do before more comes. */
  #step(pieces: Piece[], last: boolean): boolean {
    switch (this.#place) {
      case 'before':
        return this.#readBeginning(last)
      case 'opened':
        this.#held = this.#held.trimStart()
        if (this.#held !== '') this.#place = 'thinking'
        return this.#held !== ''
      case 'thinking':
        return this.#readThought(pieces, last)
      case 'answer':
        return this.#readAnswer(pieces, last)
    }
  }

  #readBeginning(last: boolean): boolean {
    const held = this.#held.trimStart()
    const lower = held.toLowerCase()
    const opened = TAGS.find(([open]) => lower.startsWith(open))
    const closed = CLOSING.find((close) => lower.startsWith(close))
    if (opened ?? closed) {
      this.#apart = true
      this.#held = held.slice((opened?.[0] ?? closed ?? '').length)
      this.#close = opened?.[1] ?? ''
      if (opened) this.#place = 'opened'
      return true
    }
    if (!last && EITHER.some((tag) => tag.startsWith(lower))) return false
    this.#place = 'answer'
    if (this.#apart) this.#held = held
    return true
  }

  #readThought(pieces: Piece[], last: boolean): boolean {
    const at = this.#held.toLowerCase().indexOf(this.#close)
    if (at >= 0) {
      think(pieces, this.#take(at).trimEnd())
      this.#held = this.#held.slice(this.#close.length)
      this.#place = 'before'
      return true
    }
    const sure = this.#held.slice(0, this.#held.length - unsure(this.#held, [this.#close]))
    think(pieces, this.#take(last ? this.#held.length : sure.trimEnd().length))
    return false
  }

  #readAnswer(pieces: Piece[], last: boolean): boolean {
    const tag = this.#apart ? undefined : findClosing(this.#held)
    if (tag === undefined) {
      const kept = this.#apart || last ? 0 : unsure(this.#held, CLOSING)
      this.#say(pieces, this.#take(this.#held.length - kept))
      return false
    }
    const { at, length } = tag
    const verdict = isClosing(this.#said + this.#held.slice(0, at), this.#held.slice(at + length), last)
    if (verdict === undefined) {
      this.#say(pieces, this.#take(at))
      return false
    }
    if (!verdict) {
      this.#say(pieces, this.#take(at + length))
      return true
    }
    this.#apart = true
    if (this.#said !== '') pieces.push({ type: 'text_was_thinking' })
    think(pieces, this.#take(at).trimEnd())
    this.#held = this.#held.slice(length)
    this.#place = 'before'
    return true
  }

  #take(length: number): string {
    const taken = this.#held.slice(0, length)
    this.#held = this.#held.slice(length)
    return taken
  }

  #say(pieces: Piece[], text: string) {
    if (text === '') return
    this.#said += text
    pieces.push({ type: 'text', text })
  }
}

function think(pieces: Piece[], text: string) {
  if (text !== '') pieces.push({ type: 'thinking', text })
}

function findClosing(text: string): { at: number; length: number } | undefined {
  const found = /<\/(?:think|thinking|thought|reasoning|seed:think)>|\[\/think\]/i.exec(text)
  return found ? { at: found.index, length: found[0].length } : undefined
}

/** It stands at the edge of a line and in no code; undefined while what follows it may still tell. */
function isClosing(before: string, after: string, last: boolean): boolean | undefined {
  const inCode = before.split('```').length % 2 === 0 || before.endsWith('`')
  if (inCode) return false
  if (before.slice(before.lastIndexOf('\n') + 1).trim() === '') return true
  return after === '' ? last || undefined : /^[ \t]*\r?\n/.test(after)
}

/** How much of the end may be the beginning of a tag. */
function unsure(text: string, tags: readonly string[]): number {
  const end = text.slice(-Math.max(...tags.map((tag) => tag.length)) + 1).toLowerCase()
  for (let length = end.length; length > 0; length--) {
    const tail = end.slice(-length)
    if (tags.some((tag) => tag.startsWith(tail))) return length
  }
  return 0
}
