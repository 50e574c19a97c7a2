import type { Break, Paragraph, PhrasingContent, Root, RootContent } from 'mdast'

/** Text that was wrapped to a width has lines of about this length; shorter and longer ones end where they are meant to. */
const leastWrapped = 60
const mostWrapped = 120

/** Whether the end of a line with so many characters is a break of its own, as in a poem or an address. */
export function isBreak(length: number): boolean {
  return length < leastWrapped || length > mostWrapped
}

/** Line ends in paragraphs become breaks, but for those of text that was wrapped. */
export function keepLineBreaks() {
  return (root: Root): void => visit(root)
}

function visit(node: Root | RootContent): void {
  if (node.type === 'paragraph') breakLines(node, lengthsOf(node))
  else if ('children' in node) for (const child of node.children) visit(child)
}

interface Lines {
  lengths: number[]
  at: number
}

/** How long the lines are that line ends in its text end, in their order. */
function lengthsOf(paragraph: Paragraph): Lines {
  const lengths: number[] = []
  let length = 0
  const left: PhrasingContent[] = paragraph.children.toReversed()
  for (let node = left.pop(); node; node = left.pop()) {
    if (node.type === 'break') length = 0
    else if ('children' in node) for (const child of node.children.toReversed()) left.push(child)
    else if (node.type === 'text') {
      const lines = node.value.split('\n')
      for (const line of lines.slice(0, -1)) {
        lengths.push(length + line.trim().length)
        length = 0
      }
      length += lines.at(-1)!.length
    } else length += 'value' in node ? node.value.length : 1
  }
  return { lengths, at: 0 }
}

function breakLines(parent: { children: PhrasingContent[] }, lines: Lines): void {
  parent.children = parent.children.flatMap((node): PhrasingContent[] => {
    if (node.type === 'text' && node.value.includes('\n')) return broken(node.value, lines)
    if ('children' in node) breakLines(node, lines)
    return [node]
  })
}

function broken(text: string, lines: Lines): PhrasingContent[] {
  const nodes: PhrasingContent[] = []
  const lineBreak: Break = { type: 'break' }
  let value = ''
  for (const [i, line] of text.split('\n').entries()) {
    if (i > 0 && isBreak(lines.lengths[lines.at++] ?? 0)) {
      if (value) nodes.push({ type: 'text', value })
      nodes.push(lineBreak)
      value = line
    } else value += i > 0 ? `\n${line}` : line
  }
  if (value) nodes.push({ type: 'text', value })
  return nodes
}
