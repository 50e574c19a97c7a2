import type { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import type { Root } from 'mdast'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype, { defaultHandlers } from 'remark-rehype'
import { type Processor, unified } from 'unified'
import { endBareLinks } from './bare-links.ts'
import { emphasisSyntax, strikeInAnyScript } from './emphasis-syntax.ts'
import { fenceSyntax } from './fence-syntax.ts'
import { formulaSyntax, formulasFromMarkdown } from './formula-syntax.ts'
import { displayMath, inlineMath } from './formulas.ts'
import { drawHtmlElements } from './html-elements.ts'
import { keepLineBreaks } from './line-breaks.ts'

export type Tree = Parameters<typeof toJsxRuntime>[0]
export type HtmlElement = Extract<Tree, { type: 'element' }>
type ElementContent = HtmlElement['children'][number]

/** Models use `<br>` in table cells; HTML that nothing was made of shows as the text it is, and runs nowhere. */
function htmlAsText(
  _state: unknown,
  node: { value: string },
  parent: { type: string } | undefined,
): ElementContent | undefined {
  if (/^<br\s*\/?>$/i.test(node.value)) return { type: 'element', tagName: 'br', properties: {}, children: [] }
  if (/^<!--[\s\S]*-->$/.test(node.value.trim())) return undefined
  const text: ElementContent = { type: 'text', value: node.value }
  if (!parent || !holdsBlocks.includes(parent.type)) return text
  return { type: 'element', tagName: 'p', properties: {}, children: [text] }
}

/** A block among blocks is one wherever they stand: what is drawn in parts is drawn as in one. */
const holdsBlocks = ['root', 'blockquote', 'listItem', 'footnoteDefinition']

const schema: typeof defaultSchema = {
  ...defaultSchema,
  // Footnotes alone have ids, and are led to by them as they are.
  clobber: [],
  protocols: { ...defaultSchema.protocols, src: ['http', 'https', 'data'] },
}

/** Every item is drawn as a loose one, so that what one item looks like does not depend on the others of its list. */
const listItem: typeof defaultHandlers.listItem = (state, node) =>
  defaultHandlers.listItem(state, { ...node, spread: true }, undefined)

/** What we read beside CommonMark. */
function ownSyntax(this: Processor): void {
  const data = this.data()
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), fenceSyntax(), formulaSyntax(), emphasisSyntax()]
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), formulasFromMarkdown()]
}

function strikes(this: Processor): void {
  strikeInAnyScript(this.data().micromarkExtensions ?? [])
}

/** One for all messages: building a processor costs more than parsing most of them. */
const processor = unified()
  .use(remarkParse)
  .use(ownSyntax)
  // A single tilde is "about" in front of a number, and "to" between two.
  .use(remarkGfm, { singleTilde: false })
  .use(strikes)
  .use(drawHtmlElements, parse)
  .use(endBareLinks)
  .use(keepLineBreaks)
  .use(remarkRehype, { handlers: { html: htmlAsText, listItem } })
  .use(rehypeSanitize, schema)
  .freeze()

/** Throws where a text is nested so deeply that the stack does not hold it. */
export function toTree(text: string): Tree {
  return processor.runSync(parse(text)) as Tree
}

/** What a text is made of, with its places in it. */
export function parse(text: string): Root {
  return processor.parse(text)
}

/** A formula is drawn with about as many elements. */
const formulaNodes = 40

/** How large a tree is to draw, how deep, and how long the longest text in it; going through it takes away what only the parser needs. */
export function measureTree(tree: Tree): { nodes: number; depth: number; longest: number } {
  let nodes = 0
  let depth = 0
  let longest = 0
  const left: [node: Tree, depth: number][] = [[tree, 0]]
  for (let next = left.pop(); next; next = left.pop()) {
    const [node, at] = next
    nodes += isFormula(node) ? formulaNodes : 1
    depth = Math.max(depth, at)
    if (node.type === 'text' && !isFormula(node)) longest = Math.max(longest, node.value.length)
    delete node.position
    if ('children' in node) for (const child of node.children) left.push([child as Tree, at + 1])
  }
  return { nodes, depth, longest }
}

function isFormula(node: Tree): boolean {
  return node.type === 'text' && (node.value[0] === inlineMath || node.value[0] === displayMath)
}
