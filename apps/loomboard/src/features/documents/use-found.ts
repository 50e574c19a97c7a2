import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { foundChunksQuery } from '../../components/documents/queries.ts'
import { useNow } from '../../lib/use-now.ts'
import type { Mark } from './model/changes.ts'
import { type FieldSpec, isDone } from './model/field-chips.ts'
import { filterChunks, linkedBy } from './model/filter/filter-chunks.ts'
import { type DocumentSearch, toFilter } from './model/filter.ts'
import type { OutlineChunk } from './model/outline.ts'
import { documentEdgesQuery } from './queries.ts'

const mostFound = 100

/** The chunks that an address asks for, and where in their texts its words stand. */
export function useFound(
  documentId: string,
  chunks: ReadonlyMap<string, OutlineChunk>,
  search: DocumentSearch,
  { types, marks }: { types: ReadonlyMap<string, readonly FieldSpec[]>; marks: ReadonlyMap<string, Mark> },
) {
  const filter = useMemo(() => toFilter(search), [search])
  const { q: words = '', edge, where = [] } = filter
  const byWords = useQuery({ ...foundChunksQuery(words, documentId, mostFound), enabled: words !== '' })
  const { data: edges } = useQuery({ ...documentEdgesQuery(documentId), enabled: edge !== undefined })
  // Days come to an end.
  const now = useNow(where.length > 0 ? 60_000 : 0)
  const excerpts = useMemo(
    () => new Map(words === '' ? [] : byWords.data?.map((chunk) => [chunk.chunk_id, chunk.excerpt ?? ''])),
    [words, byWords.data],
  )
  const linked = useMemo(
    () => (edges && edge !== undefined ? linkedBy(edges, edge, (id) => chunks.has(id)) : undefined),
    [edges, edge, chunks],
  )
  const found = useMemo(
    () => filterChunks(chunks, filter, { byText: excerpts, changed: marks, linked, specs: types, isDone, now }),
    [chunks, filter, excerpts, marks, linked, types, now],
  )
  return { found, excerpts }
}
