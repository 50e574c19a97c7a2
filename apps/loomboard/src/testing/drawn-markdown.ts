import { displayMath, inlineMath } from '../components/markdown/parse/formulas.ts'
import { type Tree, toTree } from '../components/markdown/parse/tree.ts'

const drawn = new Map<string, string>()

/** What is drawn of a text, but for line ends between elements and a class that nothing uses. Formulas are `<tex>`. */
export function drawnMarkdown(text: string): string {
  const known = drawn.get(text)
  if (known !== undefined) return known
  const html = serialized(toTree(text)).replaceAll(/\n+(?=<|$)|(?<=>)\n+/g, '')
  drawn.set(text, html)
  return html
}

function serialized(node: Tree): string {
  if (node.type === 'text') return node.value.replaceAll('<', '&lt;')
  if (!('children' in node)) return ''
  const inner = node.children.map((child) => serialized(child as Tree)).join('')
  if (node.type !== 'element') return inner
  if (inner.startsWith(inlineMath)) return `<tex>${inner.slice(1)}</tex>`
  if (node.tagName === 'code' && inner.startsWith(displayMath)) return `<tex block>${inner.slice(1)}</tex>`
  const { className, ...properties } = node.properties
  const names = [className].flat().filter((name) => name && name !== 'contains-task-list')
  const attributes = Object.entries({ ...properties, ...(names.length > 0 ? { class: names.join(' ') } : {}) })
  return `<${node.tagName}${attributes.map(([name, value]) => ` ${name}="${String(value)}"`).join('')}>${inner}</${node.tagName}>`
}
