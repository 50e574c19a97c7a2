import { ClosedBodies, type ClosedBody } from './closed-bodies.ts'

/** A heading in a Markdown text, by the offsets of its first character and of what comes after its line end. */
export interface Heading {
  start: number
  end: number
  level: number
  title: string
  /** What is under it, where that says how it ends. */
  body?: ClosedBody
}

export interface Headings {
  /** Where the text before the first heading says how it ends. */
  opening: ClosedBody | undefined
  headings: Heading[]
}

interface Line {
  start: number
  /** After the line end. */
  end: number
  text: string
}

const atx = /^ {0,3}(#{1,6})(?=[ \t]|$)/
const setext = /^ {0,3}(=+|-+)[ \t]*$/
const fence = /^ *(`{3,}(?=[^`]*$)|~{3,})/
const thematicBreak = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/
const listItem = /^( *(?:[-+*]|\d{1,9}[.)]))(?:( +)\S|\t|$)/
const quotation = /^ {0,3}>/

/** What is under way, and therefore what the next line can be. */
type Block =
  | { kind: 'none' }
  /** `lines` would become a heading by being underlined. */
  | { kind: 'paragraph'; lines: Line[] }
  | { kind: 'fence'; mark: string }
  | { kind: 'html'; end: RegExp }
  /** A list or a quotation; `lazy`: a line without its indent or mark still belongs to its paragraph. */
  | { kind: 'container'; indent: number; lazy: boolean }

/**
 * The headings of the document itself, as CommonMark has it: not what looks like one in code, in HTML, in a list or
 * in a quotation.
 */
export function* findHeadings(text: string): Generator<unknown, Headings> {
  const headings: Heading[] = []
  const bodies = new ClosedBodies(text)
  let from = endOfFrontMatter(text)
  const opening = bodies.at(from)
  from = opening?.after ?? from
  let block: Block = { kind: 'none' }
  for (const line of linesOf(text)) {
    yield
    if (line.start < from) continue
    const next = step(block, line)
    block = 'heading' in next ? { kind: 'none' } : next
    if (!('heading' in next)) continue
    const body = bodies.at(next.heading.end)
    headings.push({ ...next.heading, ...(body && { body }) })
    from = body?.after ?? from
  }
  return { opening, headings }
}

/** YAML between two lines of dashes at the very start, as many programs put it there; 0 where there is none. */
export function endOfFrontMatter(text: string): number {
  const found = /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)/.exec(text)
  if (!found) return 0
  const rest = text.slice(found[0].length)
  const end = /^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|(?![\s\S]))/m.exec(rest)
  // Our comment is no YAML: the dashes at the start were a rule, and those after it are another one.
  if (!end || /^<!-- loom: \{/m.test(rest.slice(0, end.index))) return 0
  return found[0].length + end.index + end[0].length
}

function step(block: Block, line: Line): Block | { heading: Heading } {
  const { text } = line
  switch (block.kind) {
    case 'fence':
      return closesFence(text, block.mark) ? { kind: 'none' } : block
    case 'html':
      return block.end.test(text) ? { kind: 'none' } : block
    case 'container':
      return stepInContainer(block, line)
    case 'paragraph':
      return stepInParagraph(block, line)
    case 'none':
      return start(line) ?? { kind: 'paragraph', lines: [line] }
  }
}

function stepInContainer(block: Block & { kind: 'container' }, line: Line): Block | { heading: Heading } {
  const { text } = line
  if (isBlank(text)) return { ...block, lazy: false }
  const inside = block.indent > 0 ? indentOf(text) >= block.indent : quotation.test(text)
  if (inside) return { ...block, lazy: mayGoOn(text.trimStart().replace(/^(>\s?)+/, '')) }
  const begun = start(line)
  if (begun) return begun
  return block.lazy ? block : { kind: 'paragraph', lines: [line] }
}

function stepInParagraph(block: Block & { kind: 'paragraph' }, line: Line): Block | { heading: Heading } {
  const { text } = line
  if (isBlank(text)) return { kind: 'none' }
  const underline = setext.exec(text)
  if (underline) {
    const title = block.lines.map((part) => part.text.trim()).join(' ')
    return { heading: { start: block.lines[0]!.start, end: line.end, level: underline[1]![0] === '=' ? 1 : 2, title } }
  }
  const begun = indentOf(text) < 4 ? start(line) : undefined
  if (begun && interrupts(begun, text)) return begun
  block.lines.push(line)
  return block
}

/** The block that a line begins if it does not merely go on with a paragraph; indented code stays what it is. */
function start(line: Line): Block | { heading: Heading } | undefined {
  const { text } = line
  if (isBlank(text) || indentOf(text) >= 4) return { kind: 'none' }
  const heading = atx.exec(text)
  if (heading) {
    const title = withoutClosing(text.slice(heading[0].length).trim())
    return { heading: { start: line.start, end: line.end, level: heading[1]!.length, title } }
  }
  const fenced = fence.exec(text)
  if (fenced) return { kind: 'fence', mark: fenced[1]! }
  if (thematicBreak.test(text)) return { kind: 'none' }
  const item = listItem.exec(text)
  if (item) {
    const indent = item[1]!.length + (item[2] !== undefined && item[2].length <= 4 ? item[2].length : 1)
    return { kind: 'container', indent, lazy: mayGoOn(text.slice(item[1]!.length)) }
  }
  if (quotation.test(text)) return { kind: 'container', indent: 0, lazy: mayGoOn(text.replace(/^[\s>]+/, '')) }
  const html = htmlStarts.find(({ begins }) => begins.test(text))
  if (!html) return undefined
  return html.end.test(text) ? { kind: 'none' } : { kind: 'html', end: html.end }
}

/** `## Title ##`: the marks at the end are not part of it. */
function withoutClosing(text: string): string {
  let end = text.length
  while (text[end - 1] === '#') end--
  if (end === text.length || (end > 0 && !/[ \t]/.test(text[end - 1]!))) return text
  return text.slice(0, end).trim()
}

/** An empty list item, an ordered one that does not start at 1, and a lone tag leave a paragraph as it is. */
function interrupts(begun: Block | { heading: Heading }, text: string): boolean {
  if (loneTag.test(text)) return htmlStarts.some(({ begins }) => begins !== loneTag && begins.test(text))
  if (!('kind' in begun) || begun.kind !== 'container' || begun.indent === 0) return true
  return /^ *(?:[-+*]|1[.)])[ \t]+\S/.test(text)
}

/** Whether a paragraph starts here that a later line could go on with. */
function mayGoOn(text: string): boolean {
  return !isBlank(text) && !atx.test(text) && !fence.test(text) && !thematicBreak.test(text)
}

const htmlBlock =
  /^ {0,3}<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:[ \t>]|\/>|$)/i
const loneTag =
  /^ {0,3}(?:<[a-z][\w-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>|<\/[a-z][\w-]*\s*>)[ \t]*$/i
const blankLine = /^[ \t]*$/

const htmlStarts = [
  { begins: /^ {0,3}<(?:script|pre|style|textarea)(?:[\s>]|$)/i, end: /<\/(?:script|pre|style|textarea)>/i },
  { begins: /^ {0,3}<!--/, end: /-->/ },
  { begins: /^ {0,3}<\?/, end: /\?>/ },
  { begins: /^ {0,3}<![a-z]/i, end: />/ },
  { begins: /^ {0,3}<!\[CDATA\[/, end: /\]\]>/ },
  { begins: htmlBlock, end: blankLine },
  { begins: loneTag, end: blankLine },
]

function closesFence(text: string, mark: string): boolean {
  const found = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(text)?.[1]
  return found !== undefined && found[0] === mark[0] && found.length >= mark.length
}

function isBlank(text: string): boolean {
  return blankLine.test(text)
}

function indentOf(text: string): number {
  let columns = 0
  for (const character of text) {
    if (character === ' ') columns++
    else if (character === '\t') columns += 4 - (columns % 4)
    else break
  }
  return columns
}

export function* linesOf(text: string): Generator<Line> {
  const ends = /\r\n|\n|\r/g
  let start = 0
  for (const found of text.matchAll(ends)) {
    const end = found.index + found[0].length
    yield { start, end, text: withoutMark(text.slice(start, found.index), start) }
    start = end
  }
  if (start < text.length) yield { start, end: text.length, text: withoutMark(text.slice(start), start) }
}

/** A byte order mark is not part of the first line. */
function withoutMark(text: string, start: number): string {
  return start === 0 ? text.replace(/^\uFEFF/, '') : text
}
