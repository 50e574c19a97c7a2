/** A stretch of Markdown that can be parsed by itself. */
export interface Block {
  /** Where it starts in the whole text: stable while the text grows, so it serves as a key. */
  start: number
  text: string
  kind: 'markdown' | 'code'
  /** For code: the info string, and whether its fence has been closed. */
  info?: string
  closed?: boolean
}

type Container = 'none' | 'paragraph' | 'list' | 'quote' | 'indented' | 'html' | 'footnote'

interface Fence {
  mark: string
  indent: number
  info: string
  /** Inside a list item the fence is part of the list's block. */
  nested: boolean
}

const fenceOpening = /^( {0,3})(`{3,}|~{3,})[ \t]*([^\n]*)$/
const nestedFence = /^\s+(?:[-*+]\s+|\d{1,9}[.)]\s+)?(`{3,}|~{3,})|^(?:[-*+]|\d{1,9}[.)])\s+(`{3,}|~{3,})/
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/
const heading = /^ {0,3}#{1,6}(?:[ \t]|$)/
const rule = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/
const quote = /^ {0,3}>/
const htmlUntilEnd: [opening: RegExp, end: RegExp][] = [
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
]
const displayMath = /^ {0,3}(?:\$\$|\\\[)/
const displayMathEnd = /(?:\$\$|\\\])[ \t]*$/
const footnote = /^ {0,3}\[\^[^\]]+\]:/
const definition = /^ {0,3}\[(?!\^)([^\]]+)\]:[ \t]*\S.*$/
const carriageReturn = 13
/** Past this size a list may be cut between two of its items, so that a long one stays cheap. */
const longList = 1200

/**
 * Cuts growing Markdown into blocks, looking at each line once. All but the last block are final: whatever is appended
 * later cannot change how they parse (link definitions aside, which are collected for all).
 */
export class BlockSplitter {
  readonly blocks: Block[] = []
  /** Link reference definitions seen so far, one a line. */
  definitions = ''
  private text = ''
  /** Start of the first line that has not been taken in. */
  private cursor = 0
  private blockStart = 0
  private container: Container = 'none'
  private blankBefore = false
  private fence: Fence | undefined
  private htmlEnd: RegExp | undefined

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
  }

  /** The block in progress, up to the end of the text. */
  tail(): Block | undefined {
    const start = this.blockStart
    const rest = this.text.slice(start)
    if (!rest.trim()) return undefined
    if (this.fence && !this.fence.nested) return this.codeBlock(rest, false)
    // A fence is drawn as code from its first line on, not as a paragraph of backticks.
    const line = this.text.slice(this.cursor)
    if (this.cursor === start && fenceOpening.test(line))
      return { start, text: '', kind: 'code', info: '', closed: false }
    return { start, text: rest, kind: 'markdown' }
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
  }

  private open(container: Container): void {
    this.container = container
    this.blankBefore = false
  }

  /** Everything before `at` is a block of its own. */
  private cut(at: number): void {
    const text = this.text.slice(this.blockStart, at)
    if (text.trim()) this.blocks.push({ start: this.blockStart, text, kind: 'markdown' })
    this.blockStart = at
    this.open('none')
  }

  private takeLine(line: string, start: number): void {
    if (this.fence) {
      this.takeFencedLine(line)
      return
    }
    if (this.htmlEnd) {
      if (this.htmlEnd.test(line)) this.htmlEnd = undefined
      return
    }
    if (isWords(line)) {
      this.takeWords(start)
      return
    }
    if (line === '' || !line.trim()) {
      this.blankBefore = true
      return
    }
    if (this.startsBlock(line)) this.cut(start)
    else if (this.container === 'list' && listItem.test(line) && start - this.blockStart > longList) this.cutList(start)
    this.beginLine(line)
    this.blankBefore = false
  }

  /** Words at the margin: what most lines are. */
  private takeWords(start: number): void {
    if (this.container === 'paragraph' || this.container === 'none') {
      if (this.blankBefore && this.container === 'paragraph') this.cut(start)
      this.container = 'paragraph'
    } else if (this.blankBefore || this.container === 'indented') {
      this.cut(start)
      this.container = 'paragraph'
    }
    this.blankBefore = false
  }

  private cutList(at: number): void {
    this.cut(at)
    this.open('list')
  }

  /** Whether this line belongs to no open block. */
  private startsBlock(line: string): boolean {
    if (this.container === 'none') return false
    const indent = line.length - line.trimStart().length
    switch (this.container) {
      case 'list':
      case 'footnote':
        if (!this.blankBefore) return indent < 2 && this.interrupts(line) && !listItem.test(line)
        return indent < 2 && !(this.container === 'list' && listItem.test(line) && !rule.test(line))
      case 'indented':
        return indent < 4
      case 'html':
        return this.blankBefore
      default:
        return this.blankBefore || this.interrupts(line)
    }
  }

  /** What may follow a paragraph without a blank line between. */
  private interrupts(line: string): boolean {
    return heading.test(line) || fenceOpening.test(line)
  }

  private beginLine(line: string): void {
    const fresh = this.container === 'none'
    const opening = fenceOpening.exec(line)
    if (fresh && opening && !opening[3]!.includes('`')) {
      this.fence = { mark: opening[2]!, indent: opening[1]!.length, info: opening[3]!.trim(), nested: false }
      return
    }
    const inner = this.container === 'list' || listItem.test(line) ? nestedFence.exec(line) : null
    if (inner) this.fence = { mark: (inner[1] ?? inner[2])!, indent: 1, info: '', nested: true }
    if (!fresh) return
    if (definition.test(line)) this.definitions += `${line.trim()}\n`
    const html = htmlUntilEnd.find(([begin]) => begin.test(line))
    if (html) {
      this.open('html')
      if (!html[1].test(line)) this.htmlEnd = html[1]
    } else if (displayMath.test(line)) {
      this.open('html')
      if (!displayMathEnd.test(line.trim().slice(2))) this.htmlEnd = displayMathEnd
    } else if (heading.test(line) || rule.test(line)) {
      this.cut(this.cursor)
    } else if (footnote.test(line)) this.open('footnote')
    else if (listItem.test(line)) this.open('list')
    else if (quote.test(line)) this.open('quote')
    else if (/^(?: {4}|\t)/.test(line)) this.open('indented')
    else if (/^ {0,3}<[a-z/!?]/i.test(line)) this.open('html')
    else this.open('paragraph')
  }

  private takeFencedLine(line: string): void {
    const fence = this.fence!
    const trimmed = line.trim()
    const indent = line.length - line.trimStart().length
    // A list item ends, and its fence with it, where text stands at the margin again.
    const leftList = fence.nested && trimmed !== '' && indent === 0 && !trimmed.startsWith(fence.mark)
    const closes = isClosing(trimmed, fence.mark) && (fence.nested || indent <= 3)
    if (!closes && !leftList) return
    if (fence.nested) {
      this.fence = undefined
      this.blankBefore = leftList
      if (leftList) this.takeLine(line, this.cursor - line.length - 1)
      return
    }
    this.blocks.push(this.codeBlock(this.text.slice(this.blockStart, this.cursor), true))
    this.fence = undefined
    this.blockStart = this.cursor
    this.open('none')
  }

  private codeBlock(source: string, closed: boolean): Block {
    const { indent, info, mark } = this.fence!
    // Blank lines may stand before the fence.
    const opening = source.indexOf('\n', source.indexOf(mark))
    let body = opening < 0 ? '' : source.slice(opening + 1)
    const last = (text: string) => text.slice(text.lastIndexOf('\n') + 1)
    if (closed) {
      if (body.endsWith('\n')) body = body.slice(0, -1)
      body = body.slice(0, body.length - last(body).length - 1)
    } else if (/^\s*(?:`+|~+)\s*$/.test(last(body))) {
      // A half-written closing fence is not code.
      body = body.slice(0, Math.max(0, body.lastIndexOf('\n')))
    }
    if (body.includes('\r')) body = body.replace(/\r$/gm, '')
    if (indent > 0) body = body.replace(new RegExp(`^ {1,${indent}}`, 'gm'), '')
    return { start: this.blockStart, text: body, kind: 'code', info, closed }
  }
}

function isWords(line: string): boolean {
  const first = line.charCodeAt(0) | 32
  return first >= 97 && first <= 122
}

function isClosing(trimmed: string, mark: string): boolean {
  if (trimmed.length < mark.length) return false
  for (let at = 0; at < trimmed.length; at++) if (trimmed[at] !== mark[0]) return false
  return true
}

/** The blocks of a text and its link definitions. */
export function splitBlocks(text: string): { blocks: Block[]; definitions: string } {
  const splitter = new BlockSplitter()
  splitter.update(text)
  const tail = splitter.tail()
  return { blocks: tail ? [...splitter.blocks, tail] : splitter.blocks, definitions: splitter.definitions }
}

/** Whether a block may use a link definition that stands elsewhere. */
export function usesReferences(text: string): boolean {
  return /\[[^[\]]+\](?![(:])/.test(text)
}

/** Footnotes are numbered and collected over the whole text. */
export function needsWholeText(text: string): boolean {
  return /^ {0,3}\[\^/m.test(text)
}
