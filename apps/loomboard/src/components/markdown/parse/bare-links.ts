import type { Link, Nodes, PhrasingContent, Root } from 'mdast'

/** Where a bare address ends in writing that puts no space behind it. */
const endOfAddress = /[\u3001\u3002\u3008-\u3011\u3014-\u301F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65…‘’“”]/

/** Full stops, commas and brackets of Chinese and Japanese are no part of the address in front of them. */
export function endBareLinks() {
  return (root: Root): void => visit(root)
}

function visit(node: Nodes): void {
  if (!('children' in node)) return
  for (const child of node.children) visit(child)
  if (node.children.some(isTooLong)) {
    node.children = (node.children as PhrasingContent[]).flatMap((child) => (isTooLong(child) ? cut(child) : [child]))
  }
}

function isTooLong(node: Nodes): node is Link {
  const text = bareText(node)
  return text !== undefined && endOfAddress.test(text)
}

/** The text of a link that was written without any marks. */
function bareText(node: Nodes): string | undefined {
  if (node.type !== 'link' || node.children.length !== 1 || node.children[0]?.type !== 'text') return undefined
  const { value } = node.children[0]
  const { start, end } = node.position ?? {}
  const isBare = start?.offset === undefined || end?.offset === undefined || end.offset - start.offset === value.length
  return isBare && node.url.endsWith(value) ? value : undefined
}

function cut(link: Link): PhrasingContent[] {
  const text = bareText(link) ?? ''
  const end = text.search(endOfAddress)
  const rest: PhrasingContent = { type: 'text', value: text.slice(end) }
  if (end === 0) return [rest]
  const url = link.url.slice(0, link.url.length - (text.length - end))
  return [{ type: 'link', url, children: [{ type: 'text', value: text.slice(0, end) }] }, rest]
}
