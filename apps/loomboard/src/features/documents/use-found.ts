import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Store, useSelected } from '../../lib/browser/store.ts'
import { useDerived } from '../../lib/use-derived.ts'
import { useNow } from '../../lib/use-now.ts'
import { byWordsQuery, findChunks } from './find-chunks.ts'
import { isSameSet } from './model/changed-ids.ts'
import type { Marks } from './model/changes.ts'
import type { DocumentSearch } from './model/document-search.ts'
import type { IsDone } from './model/done.ts'
import type { FieldSpec } from './model/field-chips.ts'
import { toFilter } from './model/filter.ts'
import type { OutlineChunk } from './model/outline.ts'
import { documentEdgesQuery } from './queries.ts'

const nothing: never[] = []
const noMarks: Marks = new Map()

/** The chunks that an address asks for, and where in their texts its words stand. */
export function useFound(
  documentId: string,
  chunks: ReadonlyMap<string, OutlineChunk>,
  search: DocumentSearch,
  { types, marks, isDone }: { types: ReadonlyMap<string, readonly FieldSpec[]>; marks: Store<Marks>; isDone: IsDone },
) {
  const filter = useMemo(() => toFilter(search), [search])
  const { q: words = '', edge, where = [] } = filter
  const { data = nothing } = useQuery({ ...byWordsQuery(words, documentId), enabled: words !== '' })
  const byWords = words === '' ? nothing : data
  const { data: edges } = useQuery({ ...documentEdgesQuery(documentId), enabled: edge !== undefined })
  const changed = useSelected(marks, (all) => (filter.changed ? all : noMarks))
  // Days come to an end.
  const now = useNow(where.length > 0 ? 60_000 : 0)
  const excerpts = useMemo(
    () => new Map(byWords.map(({ chunk_id, excerpt = '' }) => [chunk_id, excerpt] as const)),
    [byWords],
  )
  const found = useDerived<ReadonlySet<string> | undefined>(
    (before) => {
      const fitting = findChunks(chunks, filter, { byWords, edges, changed, types, isDone, now })
      return before && fitting && isSameSet(before, fitting) ? before : fitting
    },
    [chunks, filter, byWords, edges, changed, types, isDone, now],
  )
  return { found, excerpts }
}
