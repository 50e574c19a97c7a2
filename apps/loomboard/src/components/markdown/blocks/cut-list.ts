import { indentOf, listMarkerOf, quote } from './line.ts'
import type { Block } from './split-blocks.ts'

/** Shorter lists and quotes are parsed whole. */
const long = 1200
const leastPart = 500

/** A piece of a list that parses by itself: some items, or one long item, whose content is a text of its own. */
export interface ListPart {
  start: number
  text: string
  content?: string
  items: number
}

/** The parts of a long list, of which only the last still grows; undefined for everything else. */
export function cutList({ kind, text, items }: Block): ListPart[] | undefined {
  if (kind !== 'list' || !items || text.length < long) return undefined
  const parts: ListPart[] = []
  let first = 0
  for (let i = 1; i <= items.length; i++) {
    const start = items[first]!
    const end = items[i] ?? text.length
    const nextIsLong = end === text.length || (items[i + 1] ?? text.length) - end > long
    if (end - start < leastPart && !nextIsLong && end < text.length) continue
    parts.push(partOf(text.slice(start, end), start, i - first))
    first = i
  }
  return parts
}

function partOf(text: string, start: number, items: number): ListPart {
  const content = items === 1 && text.length > long ? contentOfItem(text) : undefined
  return content === undefined ? { start, text, items } : { start, text, content, items }
}

/**
 * The text of an item without its marker; undefined where a line of it stands further to the left, where it is a task,
 * and where its first line begins another list or quote.
 */
function contentOfItem(text: string): string | undefined {
  const marker = listMarkerOf(firstLineOf(text))
  if (!marker || text.includes('\t')) return undefined
  const content = stripped(`${' '.repeat(marker.content)}${text.slice(marker.content)}`, marker.content)
  return content !== undefined && notTaken.test(content) ? undefined : content
}

const notTaken = /^\s*(?:\[[ xX]\]\s|>|[-*+]\s|\d{1,9}[.)]\s)/

/** The text of a long quote without its marks; undefined where it is no such quote, has a line without, or begins with another. */
export function contentOfQuote({ kind, text }: Block): string | undefined {
  if (kind !== 'quote' || text.length < long || text.includes('\t')) return undefined
  let content = ''
  for (const line of text.trim().split('\n')) {
    const mark = /^ {0,3}> ?/.exec(line)
    if (!mark) return undefined
    content += `${line.slice(mark[0].length)}\n`
  }
  return quote.test(content) ? undefined : content
}

export function startOfList(text: string): number | undefined {
  const { kind, number } = listMarkerOf(firstLineOf(text)) ?? {}
  return kind === '.' || kind === ')' ? number : undefined
}

function stripped(text: string, columns: number): string | undefined {
  let content = ''
  for (const line of text.split('\n')) {
    if (line.trim() !== '' && indentOf(line) < columns) return undefined
    content += `${line.slice(columns)}\n`
  }
  return content.slice(0, -1)
}

function firstLineOf(text: string): string {
  const end = text.indexOf('\n')
  return end < 0 ? text : text.slice(0, end)
}
