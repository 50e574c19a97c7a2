/** What somebody asks to have done, as far as a script understands it. */
export type Wish =
  | { kind: 'move'; status: string }
  | { kind: 'rename'; title: string }
  | { kind: 'tag'; tag: string }
  | { kind: 'create'; title: string }
  | { kind: 'append'; text: string }
  | { kind: 'delete' }
  | { kind: 'tell' }

/** What a message is about: what stands after `About:` at its end, or else the last that it names. */
export interface Target {
  /** Of chunks; none where it is about the document. */
  ids: string[]
  document: { document_id: string } | { path: string }
}

const reference = /\[(?:\\.|[^[\]\\\n])*\]\(\/(docs|documents)\/([^\s()?]*)(?:\?([^\s()]*))?\)/g
const aboutMark = '\nAbout: ['
const chunkId = /(?:^|&)card=(?:%22|")?([0-9a-f]{32})/

export function targetIn(message: string): Target | undefined {
  const [said = '', about] = message.split(aboutMark, 2)
  const references = [...(about === undefined ? said : `[${about}`).matchAll(reference)]
  const [, page, rest = ''] = references.at(-1) ?? []
  if (page === undefined) return undefined
  const meant = about === undefined ? references.slice(-1) : references
  const ids = meant.flatMap(([, , , query = '']) => chunkId.exec(query)?.[1] ?? [])
  const document = page === 'documents' ? { document_id: rest } : { path: pathOf(decoded(rest)) }
  return { ids: [...new Set(ids)], document }
}

/** What somebody has typed as an address may be none. */
function decoded(splat: string): string {
  try {
    return decodeURIComponent(splat)
  } catch {
    return splat
  }
}

/** As addresses of documents have them: below /docs by name, others behind a `~`. */
function pathOf(splat: string): string {
  return splat.startsWith('~/') ? splat.slice(1) : `/docs/${splat}`
}

/** The first that fits; what is in quotes is taken to the letter. */
export function wishIn(message: string): Wish {
  const [said = ''] = message.split(aboutMark, 1)
  const words = said
    .replace(reference, 'it')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?<![.!?])[.!?]+$/, '')
  const after = (pattern: RegExp) => unquoted(pattern.exec(words)?.[1] ?? '')
  const status = after(/\b(?:move|put|set)\b.{1,80}? (?:to|into|in) (.{1,80})$/i)
  if (status) return { kind: 'move', status: status.toLowerCase().replaceAll(' ', '-') }
  const title = after(/\b(?:rename|retitle)\b.{1,80}? to (.{1,200})$/i) || after(/\bcall (?:it|this) (.{1,200})$/i)
  if (title) return { kind: 'rename', title }
  const tag = after(/\b(?:tag|label) (?:it|this|the card) (?:with |as )?(.{1,80})$/i)
  if (tag) return { kind: 'tag', tag }
  const made = after(/\b(?:add|create|make) an? (?:new )?(?:card|chunk)(?: called| named|:)? (.{1,200})$/i)
  if (made) return { kind: 'create', title: made }
  const text = after(/^(?:please )?(?:note|write|append|add):? (.+)$/i)
  if (text) return { kind: 'append', text }
  return /\b(?:delete|remove)\b/i.test(words) ? { kind: 'delete' } : { kind: 'tell' }
}

function unquoted(text: string): string {
  return text.trim().replace(/^["“'‘`](.+)["”'’`]$/, '$1')
}
