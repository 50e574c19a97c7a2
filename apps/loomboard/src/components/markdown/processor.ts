import { type Components, toJsxRuntime } from 'hast-util-to-jsx-runtime'
import type { ReactNode } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { fenceMath } from './math.ts'

type Tree = Parameters<typeof toJsxRuntime>[0]
export type HtmlElement = Extract<Tree, { type: 'element' }>
type ElementContent = HtmlElement['children'][number]

/** Models use `<br>` in table cells; all other HTML shows as the text it is, and runs nowhere. */
function htmlAsText(
  _state: unknown,
  node: { value: string },
  parent: { type: string } | undefined,
): ElementContent | undefined {
  if (/^<br\s*\/?>$/i.test(node.value)) return { type: 'element', tagName: 'br', properties: {}, children: [] }
  if (/^<!--[\s\S]*-->$/.test(node.value.trim())) return undefined
  const text: ElementContent = { type: 'text', value: node.value }
  if (parent?.type !== 'root') return text
  return { type: 'element', tagName: 'p', properties: {}, children: [text] }
}

const schema: typeof defaultSchema = {
  ...defaultSchema,
  protocols: { ...defaultSchema.protocols, src: ['http', 'https', 'data'] },
}

/** One for all messages: building a processor costs more than parsing most of them. */
const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { handlers: { html: htmlAsText } })
  .use(rehypeSanitize, schema)
  .freeze()

function toTree(text: string): Tree {
  return processor.runSync(processor.parse(fenceMath(text))) as Tree
}

export function toReact(text: string, components: Partial<Components>): ReactNode {
  return toJsxRuntime(toTree(text), {
    Fragment,
    jsx,
    jsxs,
    components,
    passNode: true,
    ignoreInvalidStyle: true,
  }) as ReactNode
}
