import { beginFence, closesItself, type NestedFence, noteLine } from '../parse/fence-syntax.ts'
import { displayOf } from '../parse/formulas.ts'

/** The columns before the first character that is no space: a tab goes to the next fourth. */
export function indentOf(line: string): number {
  let columns = 0
  for (const char of line) {
    if (char === '\t') columns += 4 - (columns % 4)
    else if (char === ' ') columns++
    else break
  }
  return columns
}

/** A line without so many columns of space before it; a tab that reaches beyond them turns into spaces. */
export function withoutIndent(line: string, columns: number): string {
  let at = 0
  let column = 0
  for (; column < columns && (line[at] === ' ' || line[at] === '\t'); at++)
    column += line[at] === '\t' ? 4 - (column % 4) : 1
  return ' '.repeat(Math.max(0, column - columns)) + line.slice(at)
}

export const heading = /^ {0,3}#{1,6}(?:[ \t]|$)/
export const rule = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/
export const quote = /^ {0,3}>/
export const underline = /^ {0,3}(?:=+|-+)[ \t]*$/
export const definition = /^ {0,3}\[(?!\^)/
export const footnote = /^ {0,3}\[\^[^\]]+\]:/
export const delimiterRow = /^ {0,3}[-:|][-:| \t]*$/
export const maybeHtml = /^ {0,3}<[a-z/!?]/i

/** HTML that goes on over blank lines, until its end. */
export const htmlUntilEnd: [opening: RegExp, end: RegExp][] = [
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![a-z]/i, />/],
]
/** Tags that begin a block even under a line of text, as CommonMark lists them. */
const blockTag =
  /^ {0,3}<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:[ \t>]|\/>|$)/i

/** Any other tag that has the line to itself. */
const loneTag =
  /^ {0,3}(?:<[a-z][a-z0-9-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>|<\/[a-z][a-z0-9-]*\s*>)[ \t]*$/i

/** Whether a line begins HTML that a blank line ends, where it does not stand under words. */
export function beginsHtml(line: string): boolean {
  return blockTag.test(line) || loneTag.test(line)
}

export interface Fence extends NestedFence {
  indent: number
  info: string
}

const fenceOpening = /^( {0,3})(`{3,}|~{3,})/

export function fenceOf(line: string): Fence | undefined {
  const [all, indent = '', mark = ''] = fenceOpening.exec(line) ?? []
  if (all === undefined) return undefined
  const info = line.slice(all.length).trim()
  return mark[0] === '`' && info.includes('`') ? undefined : { ...beginFence(mark, info), indent: indent.length, info }
}

/** Takes in a line after the one that opened a fence, and says whether it ends it. */
export function endsFence(line: string, fence: Fence): boolean {
  if (isClosing(line, fence.mark)) return closesItself(fence)
  noteLine(withoutIndent(line, fence.indent), fence)
  return false
}

function isClosing(line: string, mark: string): boolean {
  const trimmed = line.trim()
  if (trimmed.length < mark.length || indentOf(line) > 3) return false
  for (const char of trimmed) if (char !== mark[0]) return false
  return true
}

export interface ListMarker {
  /** What its siblings have, too: the bullet, or what stands after the number. */
  kind: string
  number: number
  /** The column from which on a line belongs to the item. */
  content: number
  isEmpty: boolean
}

const listMarker = /^( {0,3})(?:([-*+])|(\d{1,9})([.)]))([ \t]*)/

export function listMarkerOf(line: string): ListMarker | undefined {
  const [all, indent = '', bullet, digits = '', delimiter, space = ''] = listMarker.exec(line) ?? []
  const kind = bullet ?? delimiter
  if (all === undefined || !kind) return undefined
  const isEmpty = all.length === line.length
  if ((space === '' && !isEmpty) || rule.test(line)) return undefined
  const width = indent.length + (bullet ? 1 : digits.length + 1)
  const columns = indentOf(' '.repeat(width % 4) + space) - (width % 4)
  return { kind, number: Number(digits), isEmpty, content: width + (isEmpty || columns > 4 ? 1 : columns) }
}

/** Whether a line begins a block wherever it stands outside of code and HTML, a paragraph included. */
export function interrupts(line: string): boolean {
  if (heading.test(line) || quote.test(line) || rule.test(line) || fenceOf(line) || displayOf(line)) return true
  const marker = listMarkerOf(line)
  if (marker) return !marker.isEmpty && ('-*+'.includes(marker.kind) || isOne(line))
  return blockTag.test(line) || htmlUntilEnd.some(([opening]) => opening.test(line))
}

/** Whether a line has a list in its quotes and items that would not interrupt a paragraph by itself. */
export function holdsUnclearList(line: string): boolean {
  for (let rest = line; ; ) {
    const marker = listMarkerOf(rest)
    if (marker && !interrupts(rest)) return true
    const [before] = /^ {0,3}(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$))/.exec(rest) ?? []
    if (!before || rule.test(rest)) return false
    rest = rest.slice(before.length)
  }
}

function isOne(line: string): boolean {
  return /^ *1[.)]/.test(line)
}
