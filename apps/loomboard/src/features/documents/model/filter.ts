import type { OutlineChunk } from './outline.ts'

/** What of a document is shown, and what is open beside it: all of it is in the address. */
export interface DocumentSearch {
  chunk?: string
  status?: string
  type?: string
  tag?: string
  /** Words to be found in titles and texts. */
  q?: string
  /** Only what has changed since this person looked last. */
  changed?: true
}

const texts = ['chunk', 'status', 'type', 'tag', 'q'] as const

export function parseDocumentSearch(search: Record<string, unknown>): DocumentSearch {
  const given = texts.flatMap((name) => {
    const value = search[name]
    const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
    return text === '' ? [] : [[name, text]]
  })
  return { ...Object.fromEntries(given), ...(search.changed === true ? { changed: true } : {}) }
}

export function isFiltered({ status, type, tag, q, changed }: DocumentSearch): boolean {
  return Boolean(status || type || tag || q || changed)
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
