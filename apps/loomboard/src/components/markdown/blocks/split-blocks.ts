import { closesDisplay, displayOf, type Opening } from '../parse/formulas.ts'
import { detailsBlock } from '../parse/html-elements.ts'
import { parse } from '../parse/tree.ts'
import { definitionsIn } from './definitions.ts'
import {
  beginsHtml,
  definition,
  delimiterRow,
  endsFence,
  type Fence,
  fenceOf,
  footnote,
  heading,
  holdsUnclearList,
  htmlUntilEnd,
  indentOf,
  interrupts,
  type ListMarker,
  listMarkerOf,
  maybeHtml,
  quote,
  rule,
  underline,
  withoutIndent,
} from './line.ts'

/** A stretch of Markdown that can be parsed by itself. */
export interface Block {
  /** Where it starts in the whole text: stable while the text grows, so it serves as a key. */
  start: number
  text: string
  kind: 'markdown' | 'code' | 'list' | 'quote' | 'paragraph'
  /** For code: the info string, and whether its fence has been closed. */
  info?: string
  closed?: boolean
  /** For a list: where its items begin in its text. */
  items?: readonly number[]
}

/**
 * What is open at the margin. `definitions` may turn out to be words; of what is `unsure` nobody knows without parsing
 * all of it.
 */
type Container =
  | 'none'
  | 'paragraph'
  | 'definitions'
  | 'list'
  | 'quote'
  | 'table'
  | 'indented'
  | 'html'
  | 'formula'
  | 'footnote'
  | 'unsure'

const carriageReturn = 13
/** The parser is asked about so much of a text, not about more of it again and again. */
const mostAsked = 3000
/** The beginning of a line that is no item, no quote, no rule and not indented, however it goes on. */
const leavesList = /^(?:[^\s\d*+>-]|\*\*?[^\s*]|[+-][^\s-]|\d+[^\s\d.)])/
const leavesOthers = /^[^\s>]/
const leavesAfterBlank: Partial<Record<Container, RegExp>> = {
  paragraph: leavesOthers,
  definitions: leavesOthers,
  quote: leavesOthers,
  table: leavesOthers,
  html: leavesOthers,
  list: leavesList,
  indented: leavesList,
  unsure: leavesList,
  footnote: leavesList,
}
const isHeading = /^#{1,6} \S/
const leavesAtOnce: Partial<Record<Container, RegExp>> = {
  paragraph: isHeading,
  definitions: isHeading,
  quote: isHeading,
  table: isHeading,
  list: isHeading,
}

/**
 * Cuts growing Markdown into blocks, looking at each line once. All but the last block are final: whatever is appended
 * later cannot change how they parse (link definitions aside, which are collected for all). Where a line belongs is
 * decided by how it begins; the few that leave it open are put to the parser, or stay with what stands before them.
 */
export class BlockSplitter {
  readonly blocks: Block[] = []
  /** Link reference definitions of the blocks so far, one a line. */
  definitions = ''
  private text = ''
  /** Start of the first line that has not been taken in. */
  private cursor = 0
  private blockStart = 0
  private container: Container = 'none'
  private blankBefore = false
  private lineBefore = 0
  private fence: Fence | undefined
  private htmlEnd: RegExp | undefined
  private formula: Opening | undefined
  /** How many `<details>` are open: what is in them is one block with them. */
  private details = 0
  private holdsDetails = false
  private items: number[] = []
  private marker: ListMarker | undefined
  /** An item that begins with an empty line ends with the next. */
  private isVoid = false

  /** Takes the whole text so far; starts over when it is not a continuation of what it had. */
  update(text: string): void {
    if (text.length < this.text.length || !text.startsWith(this.text.slice(-64), Math.max(this.text.length - 64, 0))) {
      this.reset()
    }
    this.text = text
    for (let end = text.indexOf('\n', this.cursor); end >= 0; end = text.indexOf('\n', this.cursor)) {
      const start = this.cursor
      this.cursor = end + 1
      this.takeLine(text.slice(start, text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end), start)
    }
    this.takeBeginning()
  }

  /** The block in progress, up to the end of the text. */
  tail(): Block | undefined {
    const start = this.blockStart
    const rest = this.text.slice(start)
    if (!rest.trim()) return undefined
    if (this.fence && this.isApart) return this.codeBlock(rest, false)
    // A fence is drawn as code from its first line on, not as a paragraph of backticks.
    const line = this.text.slice(this.cursor)
    if (this.cursor === start && fenceOf(line)) return { start, text: '', kind: 'code', info: '', closed: false }
    return this.block(rest, this.siblingOf(line) ? [...this.items, this.cursor - start] : this.items)
  }

  private reset(): void {
    this.blocks.length = 0
    this.definitions = ''
    this.text = ''
    this.cursor = 0
    this.blockStart = 0
    this.open('none')
    this.fence = undefined
    this.htmlEnd = undefined
    this.formula = undefined
    this.details = 0
    this.holdsDetails = false
  }

  private open(container: Container): void {
    this.container = container
    this.blankBefore = false
    this.items = []
    this.marker = undefined
  }

  /** Everything before `at` is a block of its own. */
  private cut(at: number): void {
    const text = this.details > 0 ? '' : this.text.slice(this.blockStart, at)
    if (text.trim()) {
      const block = this.block(text, this.items)
      this.blocks.push(block)
      this.definitions += definitionsOf(block)
    }
    if (this.details === 0) {
      this.blockStart = at
      this.holdsDetails = false
    }
    this.open('none')
  }

  private block(text: string, items: readonly number[]): Block {
    const { container, blockStart: start } = this
    if (this.holdsDetails) return { start, text, kind: 'markdown' }
    if (container === 'list') return { start, text, kind: 'list', items }
    if (container === 'quote') return { start, text, kind: 'quote' }
    // What has not got its first line yet may be one.
    return { start, text, kind: container === 'paragraph' || container === 'none' ? 'paragraph' : 'markdown' }
  }

  private takeLine(line: string, start: number): void {
    if (this.fence) {
      this.takeFencedLine(line)
    } else if (this.formula) {
      this.takeFormulaLine(line)
    } else if (this.htmlEnd) {
      this.takeHtmlLine(line)
    } else if (isWords(line) && this.container === 'paragraph' && !this.blankBefore) {
      this.lineBefore = start
    } else if (line.trim() === '') {
      this.isVoid ||= this.blankBefore === false && this.itemIsEmpty
      this.blankBefore = true
    } else {
      if (!this.goesOn(line, start)) this.begin(line, start)
      this.blankBefore = false
      this.lineBefore = start
    }
  }

  private get itemIsEmpty(): boolean {
    return this.container === 'list' && this.marker?.isEmpty === true
  }

  /** What is certain of a line before it is complete, so that a list is not parsed again while words under it grow. */
  private takeBeginning(): void {
    const { cursor, container } = this
    if (container === 'none' || cursor === this.blockStart || this.fence || this.htmlEnd || this.formula) return
    const line = this.text.slice(cursor, cursor + 12)
    const leaves = this.blankBefore ? leavesAfterBlank[container] : leavesAtOnce[container]
    if (leaves?.test(line)) this.cut(cursor)
  }

  /** Whether this line belongs to the block that is open; where not, what came before is cut off. */
  private goesOn(line: string, start: number): boolean {
    const { container, blankBefore } = this
    switch (container) {
      case 'none':
        return false
      case 'list':
        return this.listGoesOn(line, start)
      case 'footnote':
        return blankBefore
          ? indentOf(line) >= 2 || this.ends(start)
          : !interrupts(line) || this.isInterrupted(line, start)
      case 'indented':
        if (indentOf(line) >= 4) return true
        // Under code the parser takes lists for what they are only where it would under words, in quotes, too.
        return listMarkerOf(line) || quote.test(line) ? this.stays() : this.ends(start)
      case 'unsure':
        if (blankBefore && leavesList.test(line)) return this.ends(start)
        this.beginUnsure(line)
        return true
      case 'quote':
        if (!blankBefore && quote.test(line)) return true
        if (blankBefore) return this.ends(start)
        return interrupts(line) ? this.isInterrupted(line, start) : this.isLazy(line, this.blockStart, start)
      case 'html':
        if (blankBefore) return this.ends(start)
        this.countDetails(line)
        return true
      case 'table':
        return !(blankBefore || indentOf(line) >= 4 || beginsBlock(line)) || this.ends(start)
      default:
        return this.paragraphGoesOn(line, start)
    }
  }

  private ends(at: number): false {
    this.cut(at)
    return false
  }

  /** Lists that begin in the same line are taken for what they are only where they would interrupt, too. */
  private isInterrupted(line: string, start: number): boolean {
    return holdsUnclearList(line) ? this.stays() : this.ends(start)
  }

  private stays(): true {
    this.open('unsure')
    return true
  }

  private paragraphGoesOn(line: string, start: number): boolean {
    if (this.blankBefore) return this.ends(start)
    if (underline.test(line)) {
      const isHeading = this.container === 'paragraph'
      this.open('unsure')
      if (isHeading) this.cut(this.cursor)
      return true
    }
    if (interrupts(line)) return this.isInterrupted(line, start)
    if (delimiterRow.test(line) && this.isTableHead(line, start)) {
      if (this.lineBefore > this.blockStart) this.cut(this.lineBefore)
      this.open('table')
    }
    return true
  }

  /** Whether the line before this one is the head of a table, and this the line below it. */
  private isTableHead(line: string, start: number): boolean {
    const head = this.text.slice(this.lineBefore, start)
    if (head.length > mostAsked) return false
    const before = this.lineBefore > this.blockStart ? 'a\n' : ''
    return parse(before + head + line).children.at(-1)?.type === 'table'
  }

  private listGoesOn(line: string, start: number): boolean {
    const isVoid = this.isVoid
    this.isVoid = false
    if (!isVoid && indentOf(line) >= this.marker!.content) {
      this.marker!.isEmpty = false
      return true
    }
    const sibling = this.siblingOf(line)
    if (sibling) {
      this.marker = sibling
      this.items.push(start - this.blockStart)
      return true
    }
    if (indentOf(line) < 4 && this.blankBefore) return this.ends(start)
    if (interrupts(line)) return this.isInterrupted(line, start)
    return this.isLazy(line, this.blockStart + this.items.at(-1)!, start)
  }

  private siblingOf(line: string): ListMarker | undefined {
    const marker = listMarkerOf(line)
    return marker && marker.kind === this.marker?.kind ? marker : undefined
  }

  /** Whether a line that is not marked as part of a list or quote goes on with the words at the end of it. */
  private isLazy(line: string, from: number, start: number): boolean {
    const text = this.text.slice(from, this.cursor)
    if (text.length > mostAsked || indentOf(line) >= 4 || maybeHtml.test(line)) return this.stays()
    const lines = this.text.slice(from, start).split('\n').length
    const last = parse(text).children.at(-1)
    if (last?.position?.start.line !== lines) return true
    // The head of a table it cannot be here, other than at the beginning of a block.
    return line.includes('|') ? this.stays() : this.ends(start)
  }

  /** A line that begins a block. */
  private begin(line: string, start: number): void {
    this.fence = indentOf(line) < 4 ? fenceOf(line) : undefined
    if (this.fence) return
    this.htmlEnd = endOfHtml(line)
    if (this.htmlEnd) {
      this.open('html')
      this.takeHtmlLine(line)
    } else if (displayOf(line)) {
      this.beginFormula(line)
    } else if (heading.test(line) || rule.test(line)) {
      this.cut(this.cursor)
    } else if (footnote.test(line)) this.open('footnote')
    else if (quote.test(line)) this.open('quote')
    else if (indentOf(line) >= 4) this.open('indented')
    else if (listMarkerOf(line)) this.beginList(line, start)
    else if (beginsHtml(line)) this.beginHtml(line)
    else this.open(definition.test(line) ? 'definitions' : 'paragraph')
  }

  /** What may hold blank lines is waited for, whether it stands at the margin or not. */
  private beginUnsure(line: string): void {
    const formula = displayOf(line)
    this.htmlEnd = endOfHtml(line)
    this.fence = this.htmlEnd ? undefined : fenceOf(line)
    this.formula = formula && !formula.closes ? formula.opening : undefined
    this.countDetails(line)
  }

  private beginFormula(line: string): void {
    const { opening, closes } = displayOf(line)!
    this.open('formula')
    if (closes) this.cut(this.cursor)
    else this.formula = opening
  }

  private takeFormulaLine(line: string): void {
    if (!closesDisplay(line, this.formula!)) return
    this.formula = undefined
    if (this.container === 'formula') this.cut(this.cursor)
  }

  private countDetails(line: string): void {
    this.holdsDetails ||= detailsBlock.test(line)
    if (!this.holdsDetails) return
    for (const [, slash] of line.matchAll(/<(\/?)details[\s>]/gi))
      this.details = Math.max(0, this.details + (slash ? -1 : 1))
  }

  private beginList(line: string, start: number): void {
    this.open('list')
    this.marker = listMarkerOf(line)
    this.items.push(start - this.blockStart)
    this.isVoid = false
  }

  private beginHtml(line: string): void {
    this.open('html')
    if (detailsBlock.test(line)) this.countDetails(line)
  }

  private takeHtmlLine(line: string): void {
    if (!this.htmlEnd?.test(line)) return
    this.htmlEnd = undefined
    if (this.container === 'html') this.cut(this.cursor)
  }

  private takeFencedLine(line: string): void {
    if (!endsFence(line, this.fence!)) return
    if (this.isApart) {
      this.blocks.push(this.codeBlock(this.text.slice(this.blockStart, this.cursor), true))
      this.blockStart = this.cursor
    }
    this.fence = undefined
    if (this.container !== 'unsure') this.open('none')
    this.blankBefore = false
  }

  /** Whether the fence that is open is a block of its own. */
  private get isApart(): boolean {
    return !this.holdsDetails && this.container !== 'unsure'
  }

  private codeBlock(source: string, closed: boolean): Block {
    const { indent, info, mark } = this.fence!
    // Blank lines may stand before the fence.
    const opening = source.indexOf('\n', source.indexOf(mark))
    let body = opening < 0 ? '' : source.slice(opening + 1)
    const last = (text: string) => text.slice(text.lastIndexOf('\n') + 1)
    if (closed) {
      if (body.endsWith('\n')) body = body.slice(0, -1)
      body = body.slice(0, Math.max(0, body.length - last(body).length - 1))
    } else if (/^\s*(?:`+|~+)\s*$/.test(last(body))) {
      // A half-written closing fence is not code.
      body = body.slice(0, Math.max(0, body.lastIndexOf('\n')))
    }
    if (body.includes('\r')) body = body.replace(/\r$/gm, '')
    if (indent > 0) body = body.replace(/^[ \t]+/gm, (space) => withoutIndent(space, indent))
    return { start: this.blockStart, text: body, kind: 'code', info, closed }
  }
}

function endOfHtml(line: string): RegExp | undefined {
  return htmlUntilEnd.find(([opening]) => opening.test(line))?.[1]
}

function beginsBlock(line: string): boolean {
  return interrupts(line) || listMarkerOf(line) !== undefined || beginsHtml(line)
}

function isWords(line: string): boolean {
  const first = line.charCodeAt(0) | 32
  return first >= 97 && first <= 122
}

/** The blocks of a text and its link definitions. */
export function splitBlocks(text: string): { blocks: Block[]; definitions: string } {
  const splitter = new BlockSplitter()
  splitter.update(text)
  const tail = splitter.tail()
  return {
    blocks: tail ? [...splitter.blocks, tail] : splitter.blocks,
    definitions: splitter.definitions + definitionsOf(tail),
  }
}

/** The link definitions in a block. */
export function definitionsOf(block: Block | undefined): string {
  return block && block.kind !== 'code' ? definitionsIn(block.text) : ''
}

/** Whether a block may use a link definition that stands elsewhere. */
export function usesReferences(text: string): boolean {
  return /\[[^[\]]+\](?!\()/.test(text)
}

/** Footnotes are numbered and collected over the whole text. */
export function needsWholeText(text: string): boolean {
  return /^ {0,3}\[\^/m.test(text)
}
