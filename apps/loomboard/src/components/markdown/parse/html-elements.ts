import type { BlockContent, DefinitionContent, Html, Nodes, Paragraph, PhrasingContent, Root } from 'mdast'

type Parse = (text: string) => Root
type FlowContent = BlockContent | DefinitionContent

const inlineOpening = /^<(sub|sup|kbd)(?:\s[^>]*)?>$/i
const inlineClosing = /^<\/(sub|sup|kbd)\s*>$/i
export const detailsBlock = /^\s*<\/?(?:details|summary)[\s>]/i
const detailsTag = /<(\/?)(details|summary)((?:\s[^<>]*)?)>/gi

/**
 * The few elements of HTML that people and models write in Markdown for want of a mark: sub- and superscript, keys, and
 * what unfolds. Their attributes are dropped; all other HTML stays the text it is.
 */
export function drawHtmlElements(parse: Parse) {
  return (root: Root): void => visit(root, parse)
}

function visit(node: Nodes, parse: Parse): void {
  if (!('children' in node)) return
  for (const child of node.children) visit(child, parse)
  const children: Nodes[] = node.children
  if (!children.some((child) => child.type === 'html')) return
  node.children = (
    isFlow(node) ? withDetails(children as FlowContent[], parse) : withInline(children as PhrasingContent[])
  ) as never
}

function isFlow(node: Nodes): boolean {
  return ['root', 'blockquote', 'listItem', 'footnoteDefinition'].includes(node.type)
}

/** Only what is closed among its siblings is an element. */
function withInline(children: readonly PhrasingContent[]): PhrasingContent[] {
  const done: PhrasingContent[] = []
  const open: { name: string; at: number }[] = []
  for (const child of children) {
    const html = child.type === 'html' ? child.value : ''
    const opening = inlineOpening.exec(html)?.[1]?.toLowerCase()
    const closing = inlineClosing.exec(html)?.[1]?.toLowerCase()
    const from = closing ? open.findLastIndex(({ name }) => name === closing) : -1
    if (opening) open.push({ name: opening, at: done.length })
    if (from < 0) {
      done.push(child)
      continue
    }
    const { name, at } = open[from]!
    open.length = from
    const inner = done.splice(at).slice(1)
    done.push({ type: 'emphasis', data: { hName: name }, children: inner })
  }
  return done
}

interface Frame {
  isOpen: boolean
  summary: string | undefined
  children: FlowContent[]
}

function withDetails(children: readonly FlowContent[], parse: Parse): FlowContent[] {
  const top: FlowContent[] = []
  const frames: Frame[] = []
  const put = (node: FlowContent) => void (frames.at(-1)?.children ?? top).push(node)
  const close = () => {
    const frame = frames.pop()
    if (frame) put(toDetails(frame, parse))
  }
  for (const child of children) {
    if (child.type === 'html' && detailsBlock.test(child.value)) takeHtml(child, frames, put, close, parse)
    else put(child)
  }
  while (frames.length > 0) close()
  return top
}

function takeHtml(
  html: Html,
  frames: Frame[],
  put: (node: FlowContent) => void,
  close: () => void,
  parse: Parse,
): void {
  let from = 0
  let inSummary = false
  const take = (text: string) => {
    const frame = frames.at(-1)
    if (inSummary && frame) frame.summary = (frame.summary ?? '') + text
    else if (text.trim() !== '') for (const node of drawn(text, parse).children) put(node as FlowContent)
  }
  for (const { 0: tag, 1: slash, 2: name = '', 3: attributes = '', index } of html.value.matchAll(detailsTag)) {
    const isSummary = name.toLowerCase() === 'summary'
    // What nothing was opened for is the text it is.
    if (frames.length === 0 && (slash || isSummary)) continue
    take(html.value.slice(from, index))
    from = index + tag.length
    if (isSummary) inSummary = !slash
    else if (slash) close()
    else frames.push({ isOpen: /\bopen\b/i.test(attributes), summary: undefined, children: [] })
  }
  if (from === 0) put(html)
  else take(html.value.slice(from))
}

function drawn(text: string, parse: Parse): Root {
  const root = parse(text)
  visit(root, parse)
  return root
}

function toDetails({ isOpen, summary, children }: Frame, parse: Parse): FlowContent {
  const [first] = drawn(summary?.trim() || 'Details', parse).children
  const title: Paragraph = {
    type: 'paragraph',
    data: { hName: 'summary' },
    children: first?.type === 'paragraph' ? first.children : [{ type: 'text', value: summary?.trim() ?? '' }],
  }
  return {
    type: 'blockquote',
    data: { hName: 'details', hProperties: isOpen ? { open: true } : {} },
    children: [title, ...children],
  }
}
