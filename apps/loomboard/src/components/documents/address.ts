/** Where in the app something of a document is shown. */
export interface DocumentAddress {
  /** What the path names; or else the document of this id. */
  path?: string
  id?: string
  chunk?: string
}

/** What lies below /docs stands in addresses as it is called; everything else behind a `~`, which no name can contain. */
export function pathToSplat(path: string): string {
  if (path === '/') return ''
  return path.startsWith('/docs/') ? path.slice('/docs/'.length) : `~${path}`
}

export function splatToPath(splat: string): string {
  const parts = splat.split('/').filter((part) => part !== '')
  if (parts.length === 0) return '/'
  return parts[0] === '~' ? `/${parts.slice(1).join('/')}` : `/docs/${parts.join('/')}`
}

export function toHref({ path, id, chunk }: DocumentAddress): string {
  const splat = pathToSplat(path ?? '/')
  const page = path === undefined ? `/documents/${encodeURIComponent(id ?? '')}` : splat ? `/docs/${splat}` : '/docs'
  return chunk ? `${page}?card=${encodeURIComponent(asSearch(chunk))}` : page
}

/** The router reads what looks like a number as one: an id that does is quoted. */
const asSearch = (id: string) => (/^[\d.e+-]+$/i.test(id) ? `"${id}"` : id)

/** The page that a link leads to, where it is one of a document; addresses with a host are somebody else's. */
export function fromHref(href: string): DocumentAddress | undefined {
  const match = /^\/(docs|documents)(?:\/([\w.~%/-]*))?(?:\?([^#]*))?(?:#.*)?$/.exec(href)
  if (!match) return undefined
  const [, page, rest = '', query = ''] = match
  const search = new URLSearchParams(query)
  const chunk = (search.get('card') ?? search.get('chunk'))?.replaceAll('"', '')
  const where = page === 'docs' ? { path: splatToPath(rest) } : { id: rest }
  if (page === 'documents' && !/^[\w-]+$/.test(rest)) return undefined
  return chunk ? { ...where, chunk } : where
}

const bracketed = (text: string) => text.replace(/\s+/g, ' ').replace(/[[\]\\]/g, '\\$&')

/** How a message names a document or a chunk: words that an agent can use as they are, and a link for people. */
export function reference(
  document: { id: string; title: string; path?: string | undefined },
  chunk?: { id: string; title: string },
) {
  const { id, path, title } = document
  const name = path ?? title
  const href = toHref({ ...(path === undefined ? { id } : { path }), ...(chunk ? { chunk: chunk.id } : {}) })
  return `[${bracketed(chunk ? `${name}#${chunk.title}` : name)}](${href})`
}

export type TextPiece = string | { text: string; href: string; address: DocumentAddress }

const link = /\[((?:\\.|[^[\]\\\n]){1,1200})\]\((\/docs(?:uments)?[^\s()]*)\)/g

/** A text in pieces, with the references in it as links. */
export function withReferences(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let from = 0
  for (const match of text.matchAll(link)) {
    const [whole, words = '', href = ''] = match
    const address = fromHref(href)
    if (!address) continue
    if (match.index > from) pieces.push(text.slice(from, match.index))
    pieces.push({ text: words.replace(/\\(.)/g, '$1'), href, address })
    from = match.index + whole.length
  }
  if (from < text.length) pieces.push(text.slice(from))
  return pieces
}
