import type { wire } from '@loomcycle/client'
import { reference } from '../../../components/documents/address.ts'
import type { About } from '../../../components/documents/assistant.ts'
import { plural } from '../../../lib/format.ts'
import type { DocumentSearch } from '../model/document-search.ts'
import { toFilter } from '../model/filter.ts'
import type { OutlineChunk } from '../model/outline.ts'

export interface LookedAt {
  document: Pick<wire.GetDocumentOutput, 'document_id' | 'title' | 'paths' | 'root_chunk_id'>
  chunks: ReadonlyMap<string, OutlineChunk>
  /** The open chunk. */
  opened: string | undefined
  selected: ReadonlySet<string>
  /** As the person calls it. */
  view: string
  search: DocumentSearch
}

/** More than this are told by how many they are. */
const most = 20

/** What is selected, or else what is open, or else the document as it is seen. */
export function aboutOf(looked: LookedAt): { about: About; whole?: About } {
  const { document, chunks, opened, selected } = looked
  const whole = aboutDocument(looked)
  const ids = selected.size > 0 ? [...selected] : opened !== undefined ? [opened] : []
  const named = ids.flatMap((id) => chunks.get(id) ?? []).filter(({ id }) => id !== document.root_chunk_id)
  const [first] = named
  if (!first) return { about: whole }
  const { document_id: id, title, paths } = document
  const references = named.slice(0, most).map((chunk) => reference({ id, title, path: paths[0] }, chunk))
  const more = named.length - references.length
  const words = named.length === 1 ? `“${first.title || 'Untitled'}”` : plural(named.length, 'selected chunk')
  return { about: { words, references: references.join(', ') + (more > 0 ? ` and ${more} more` : '') }, whole }
}

function aboutDocument({ document, view, search }: LookedAt): About {
  const { document_id: id, title, paths } = document
  const filtered = filterInWords(search)
  return {
    words: `“${title || 'Untitled'}”, the ${view.toLowerCase()}`,
    references: `${reference({ id, title, path: paths[0] })}, seen as ${view.toLowerCase()}${filtered && `, only ${filtered}`}`,
  }
}

/** On one line, whatever somebody has typed into a filter. */
function filterInWords(search: DocumentSearch): string {
  const { status = [], type = [], tag = [], where = [], q } = toFilter(search)
  const parts = [
    ...named('status', status),
    ...named('type', type),
    ...named('tag', tag),
    ...where.map(({ field, is, value }) => `${field} ${is}${value === undefined ? '' : ` ${JSON.stringify(value)}`}`),
    ...(q ? [`text ${JSON.stringify(q)}`] : []),
  ]
  return parts.join('; ')
}

function named(what: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${what} ${values.map((value) => JSON.stringify(value)).join(' or ')}`]
}
