import type { Nodes } from 'mdast'
import { parse } from '../parse/tree.ts'

/** A line that is a definition and nothing else, whatever stands around it where only such lines do. */
const wholeLine = /^ {0,3}\[(?!\^|\s*\])([^[\]\\&]{1,400})\]:[ \t]*([^\s<>()\\&]+)(?:[ \t]+"([^"\\&]*)")?[ \t]*\r?$/
/** What is neither a footnote nor without a name may be one. */
const mayHold = /\[(?!\^)(?:\\.|[^[\]\\])+\]:/s
/** The parser is asked about no more than this at once. */
const mostAsked = 3000

/** The link definitions of a text, wherever they stand in it, one a line. */
export function definitionsIn(text: string): string {
  if (!text.includes(']:') || !mayHold.test(text)) return ''
  return inWholeLines(text) ?? (text.length > mostAsked ? inLines(text) : inTree(text))
}

/** Undefined where something else stands in the text as well. */
function inWholeLines(text: string): string | undefined {
  let found = ''
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const [, label, url, title] = wholeLine.exec(line) ?? []
    if (label === undefined || url === undefined) return undefined
    found += toLine(label, url, title)
  }
  return found
}

const containers = /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)]))*[ \t]*/

/** Of a text that takes too long to parse those that have a line to themselves, with nothing but others above it. */
function inLines(text: string): string {
  let found = ''
  let mayBegin = true
  for (const line of text.split('\n')) {
    const content = line.replace(containers, '')
    const [, label, url, title] = (mayBegin && wholeLine.exec(content)) || []
    if (label !== undefined && url !== undefined) found += toLine(label, url, title)
    else mayBegin = content.trim() === ''
  }
  return found
}

function inTree(text: string): string {
  let found = ''
  const left: Nodes[] = [parse(text)]
  for (let node = left.pop(); node; node = left.pop()) {
    if (node.type === 'definition') found += toLine(node.label ?? node.identifier, node.url, node.title)
    if ('children' in node) for (const child of node.children.toReversed()) left.push(child)
  }
  return found
}

function toLine(label: string, url: string, title: string | null | undefined): string {
  const after = title ? ` "${escaped(title, /["\\&]/g)}"` : ''
  return `[${label.replace(/\s+/g, ' ')}]: <${escaped(url, /[<>\\&]/g)}>${after}\n`
}

function escaped(text: string, what: RegExp): string {
  return text.replace(/\s+/g, ' ').replace(what, '\\$&')
}
