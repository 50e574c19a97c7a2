import type { Components } from 'hast-util-to-jsx-runtime'
import { ExternalLink } from 'lucide-react'
import type { ComponentProps, ReactNode, Ref } from 'react'
import { client } from '../../lib/client.ts'
import { fromHref } from '../documents/address.ts'
import { DocumentLink } from '../documents/document-link.tsx'
import { CodeBlock } from './code/code-block.tsx'
import { Diagram } from './diagrams/diagram.tsx'
import { Formula } from './formulas/formula.tsx'
import { InPageLink } from './in-page-link.tsx'
import { displayMath, inlineMath } from './parse/formulas.ts'
import type { HtmlElement } from './parse/tree.ts'
import { Task } from './tasks.tsx'

/** What Markdown is drawn with. Headings are of one level, whatever the model wrote: the page's outline has no gaps. */
export const markdownComponents: Partial<Components> = {
  a: Link,
  img: RemoteImage,
  pre: Pre,
  code: InlineCode,
  ul: ({ children }) => <ul dir="auto">{children}</ul>,
  ol: ({ children, start }) => (
    <ol dir="auto" start={start}>
      {children}
    </ol>
  ),
  blockquote: ({ children }) => <blockquote dir="auto">{children}</blockquote>,
  table: ({ children }) => <TableFrame>{children}</TableFrame>,
  input: ({ checked }) => <Task checked={checked} />,
  h1: (props) => <Heading level={1} {...props} />,
  h2: (props) => <Heading level={2} {...props} />,
  h3: (props) => <Heading level={3} {...props} />,
  h4: (props) => <Heading level={4} {...props} />,
  h5: (props) => <Heading level={4} {...props} />,
  h6: (props) => <Heading level={4} {...props} />,
}

/** Wide tables scroll in a box of their own. */
export function TableFrame(props: { children?: ReactNode; more?: ReactNode; ref?: Ref<HTMLDivElement> }) {
  const { children, more, ref } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and a section would be a landmark
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div ref={ref} className="md-table" role="group" aria-label="Table" tabIndex={0}>
      <table dir="auto">{children}</table>
      {more}
    </div>
  )
}

function Heading({ level, id, children }: ComponentProps<'h3'> & { level: number }) {
  return (
    <h3 id={id} data-level={level}>
      {children}
    </h3>
  )
}

function Link({ href, children, id, 'aria-label': label }: ComponentProps<'a'>) {
  if (href?.startsWith('#'))
    return (
      <InPageLink href={href} id={id} label={label}>
        {children}
      </InPageLink>
    )
  const own = fromHref(href ?? '')
  if (own) return <DocumentLink to={own}>{children}</DocumentLink>
  // Other addresses without a host would point into this app.
  if (!href || !/^(?:https?:|mailto:)/i.test(href)) return <span title={href}>{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}

/** Fetching a picture tells its host who is reading what: it opens elsewhere, when asked to. */
function RemoteImage({ src, alt }: ComponentProps<'img'>) {
  const own = ownAsset.exec(src ?? '')?.[1]
  if (own) return <img src={client.documentAssetUrl(own)} alt={alt ?? ''} className="max-h-96 max-w-full rounded-lg" />
  if (bitmap.test(src ?? '')) return <img src={src} alt={alt ?? ''} className="max-h-96 rounded-lg" />
  const host = typeof src === 'string' && /^https?:/i.test(src) ? URL.parse(src)?.host : undefined
  if (!host) return <span>{alt}</span>
  return (
    <a href={src} target="_blank" rel="noopener noreferrer" className="md-image">
      <ExternalLink aria-hidden="true" className="inline size-3.5" /> {alt || 'Image'} <small>{host}</small>
    </a>
  )
}

/** An image that a document has. */
const ownAsset = /^\/v1\/_document\/asset\/([\w-]{1,100})$/

/** A drawing in the text could be of any size, and is laid out where the page is. */
const bitmap = /^data:image\/(?:png|jpeg|gif|webp)[;,]/i

function InlineCode({ children }: ComponentProps<'code'>) {
  const text = typeof children === 'string' ? children : ''
  const mark = text[0]
  if (mark === inlineMath || mark === displayMath) return <Formula tex={text.slice(1)} display={mark === displayMath} />
  return <code>{children}</code>
}

/** A block of code, or what it is the source of. */
export function Fenced({ code, info, open }: { code: string; info?: string; open?: boolean }) {
  const name = info?.slice(0, 40).match(/^\S+/)?.[0].toLowerCase()
  if (name === 'math' && !open) return <Formula tex={code} display />
  if (name === 'mermaid' && !open) return <Diagram source={code} />
  return <CodeBlock code={code} info={info} open={open} />
}

function Pre({ node }: { node?: HtmlElement }) {
  const code = node?.children.find(
    (child): child is HtmlElement => child.type === 'element' && child.tagName === 'code',
  )
  const text = (code?.children ?? []).map((child) => (child.type === 'text' ? child.value : '')).join('')
  const language = [code?.properties.className].flat().find((name) => String(name).startsWith('language-'))
  return <Fenced code={text.replace(/\n$/, '')} info={language ? String(language).slice(9) : undefined} />
}
