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
const closingTags = new Map(CLOSING.map((close) => [close, new RegExp(RegExp.escape(close), 'i')]))
const longestTag = Math.max(...EITHER.map((tag) => tag.length))

/**
 * Takes the thinking out of a text that comes in pieces. It stands before the answer, and only there a tag is one: an
 * answer that explains such tags keeps them. Templates that write the opening tag themselves leave the model with the
 * closing one; what came before that was thinking, too. Each character is looked at a few times, however long the answer
 * and whatever its pieces.
 */
export class ThinkingTags {
  #place: 'before' | 'opened' | 'thinking' | 'answer' = 'before'
  #held = ''
  /** Before what is held: belongs to it unless that turns out to be a tag. */
  #space = ''
  #close = ''
  /** The thinking has been told apart already. */
  #apart = false
  #said: Said = { isNothing: true, fences: 0, ticks: 0, startsLine: true }

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
    this.#space += this.#take(this.#held.length - held.length)
    const begin = held.slice(0, longestTag).toLowerCase()
    const opened = TAGS.find(([open]) => begin.startsWith(open))
    const closed = CLOSING.find((close) => begin.startsWith(close))
    if (opened ?? closed) {
      this.#apart = true
      this.#take((opened?.[0] ?? closed ?? '').length)
      this.#space = ''
      this.#close = opened?.[1] ?? ''
      if (opened) this.#place = 'opened'
      return true
    }
    if (!last && EITHER.some((tag) => tag.startsWith(begin))) return false
    this.#place = 'answer'
    const space = this.#takeSpace()
    if (!this.#apart) this.#held = space + held
    return true
  }

  #readThought(pieces: Piece[], last: boolean): boolean {
    const at = this.#held.search(closingTags.get(this.#close)!)
    if (at >= 0) {
      this.#think(pieces, this.#take(at).trimEnd())
      this.#take(this.#close.length)
      this.#space = ''
      this.#place = 'before'
      return true
    }
    const sure = this.#take(this.#held.length - (last ? 0 : unsure(this.#held, [this.#close])))
    if (last) {
      this.#think(pieces, this.#takeSpace() + sure)
    } else {
      const thought = sure.trimEnd()
      this.#think(pieces, thought)
      this.#space += sure.slice(thought.length)
    }
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
    const verdict = isClosing(withMore(this.#said, this.#held.slice(0, at)), this.#held.slice(at + length), last)
    if (verdict === undefined) {
      this.#say(pieces, this.#take(at))
      return false
    }
    if (!verdict) {
      this.#say(pieces, this.#take(at + length))
      return true
    }
    this.#apart = true
    if (!this.#said.isNothing) pieces.push({ type: 'text_was_thinking' })
    this.#think(pieces, this.#take(at).trimEnd())
    this.#take(length)
    this.#place = 'before'
    return true
  }

  #take(length: number): string {
    const taken = this.#held.slice(0, length)
    this.#held = this.#held.slice(length)
    return taken
  }

  /** With the space before it, which at the end of thinking is no part of it. */
  #think(pieces: Piece[], text: string) {
    if (text !== '') pieces.push({ type: 'thinking', text: this.#takeSpace() + text })
  }

  #takeSpace(): string {
    const space = this.#space
    this.#space = ''
    return space
  }

  #say(pieces: Piece[], text: string) {
    if (text === '') return
    this.#said = withMore(this.#said, text)
    pieces.push({ type: 'text', text })
  }
}

/** What a tag behind a text has to know of it. */
interface Said {
  isNothing: boolean
  /** Fences of code in it, and backticks at its end. */
  fences: number
  ticks: number
  /** Nothing but space in its last line. */
  startsLine: boolean
}

function withMore(said: Said, text: string): Said {
  if (text === '') return said
  let { fences, ticks } = said
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const before = index === 0 ? ticks : 0
    ticks = before + run.length
    fences += Math.floor(ticks / 3) - Math.floor(before / 3)
  }
  const lastLine = text.slice(text.lastIndexOf('\n') + 1)
  return {
    isNothing: false,
    fences,
    ticks: text.endsWith('`') ? ticks : 0,
    startsLine: (said.startsLine || lastLine.length < text.length) && lastLine.trim() === '',
  }
}

function findClosing(text: string): { at: number; length: number } | undefined {
  const found = /<\/(?:think|thinking|thought|reasoning|seed:think)>|\[\/think\]/i.exec(text)
  return found ? { at: found.index, length: found[0].length } : undefined
}

/** It stands at the edge of a line and in no code; undefined while what follows it may still tell. */
function isClosing({ fences, ticks, startsLine }: Said, after: string, last: boolean): boolean | undefined {
  if (fences % 2 === 1 || ticks > 0) return false
  if (startsLine) return true
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
