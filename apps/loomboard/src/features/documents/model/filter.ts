import type { OutlineChunk } from './outline.ts'

export const viewIds = ['board', 'outline', 'table', 'calendar', 'graph', 'page'] as const
export type ViewId = (typeof viewIds)[number]

/** What of a document is shown and how, and what is open beside it: all of it is in the address. */
export interface DocumentSearch {
  view?: ViewId
  /** The name of a saved view. */
  saved?: string
  /** What columns are made of, and lanes: `status`, `type` or `field:<name>`. */
  group?: string
  lanes?: string
  sort?: string
  order?: string
  /** The chunk that is open. */
  card?: string
  status?: string
  type?: string
  tag?: string
  /** Words to be found in titles and texts. */
  q?: string
  /** Only what has changed since this person looked last. */
  changed?: true
}

const texts = ['saved', 'group', 'lanes', 'sort', 'order', 'card', 'status', 'type', 'tag', 'q'] as const

export function parseDocumentSearch(search: Record<string, unknown>): DocumentSearch {
  const view = viewIds.find((id) => id === search.view)
  const given = texts.flatMap((name) => {
    // Links from before there were cards say `chunk`.
    const value = search[name] ?? (name === 'card' ? search.chunk : undefined)
    const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
    return text === '' ? [] : [[name, text]]
  })
  return {
    ...(view ? { view } : {}),
    ...Object.fromEntries(given),
    ...(search.changed === true ? { changed: true } : {}),
  }
}

export function isFiltered({ status, type, tag, q, changed }: DocumentSearch): boolean {
  return Boolean(status || type || tag || q || changed)
}

/** Takes all filters away. */
export const showAll: Partial<DocumentSearch> = {
  q: undefined,
  status: undefined,
  type: undefined,
  tag: undefined,
  changed: undefined,
}

export interface Findings {
  /** Chunks that the server has found by `q`, before it has answered none. */
  byText: ReadonlyMap<string, unknown>
  changed: ReadonlyMap<string, unknown>
}

/** The chunks that fit; undefined where everything is shown. */
export function findChunks(
  chunks: ReadonlyMap<string, OutlineChunk>,
  search: DocumentSearch,
  { byText, changed }: Findings,
): ReadonlySet<string> | undefined {
  if (!isFiltered(search)) return undefined
  const words = search.q?.toLowerCase() ?? ''
  const found = new Set<string>()
  for (const chunk of chunks.values()) {
    const fits =
      (!search.status || chunk.status === search.status) &&
      (!search.type || chunk.type === search.type) &&
      (!search.tag || (chunk.tags ?? []).includes(search.tag)) &&
      (!search.changed || changed.has(chunk.id)) &&
      (words === '' || byText.has(chunk.id) || chunk.title.toLowerCase().includes(words))
    if (fits) found.add(chunk.id)
  }
  return found
}
