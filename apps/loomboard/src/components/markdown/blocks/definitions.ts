import type { Nodes } from 'mdast'
import { parse } from '../parse/tree.ts'

/** The link definitions of a text, wherever they stand in it, one a line. */
export function definitionsIn(text: string): string {
  if (!text.includes(']:')) return ''
  let lines = ''
  const left: Nodes[] = [parse(text)]
  for (let node = left.pop(); node; node = left.pop()) {
    if (node.type === 'definition') {
      const title = node.title ? ` "${escaped(node.title, /["\\&]/g)}"` : ''
      lines += `[${(node.label ?? node.identifier).replace(/\s+/g, ' ')}]: <${escaped(node.url, /[<>\\&]/g)}>${title}\n`
    }
    if ('children' in node) left.push(...node.children.toReversed())
  }
  return lines
}

function escaped(text: string, what: RegExp): string {
  return text.replace(/\s+/g, ' ').replace(what, '\\$&')
}
