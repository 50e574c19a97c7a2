import type { wire } from '@loomcycle/client'
import { foundChunksQuery } from '../../components/documents/queries.ts'
import type { Marks } from './model/changes.ts'
import type { IsDone } from './model/done.ts'
import type { FieldSpec } from './model/field-chips.ts'
import { type ChunkFilter, filterChunks, linkedBy } from './model/filter/filter-chunks.ts'
import type { OutlineChunk } from './model/outline.ts'

const mostFound = 100

/** What the server finds by words. */
export const byWordsQuery = (words: string, documentId: string) => foundChunksQuery(words, documentId, mostFound)

/** What a filter cannot see in the chunks themselves. */
export interface Asked {
  /** What the server has found by its words. */
  byWords: readonly wire.FoundChunk[]
  /** Undefined while they are being read. */
  edges: readonly wire.ChunkEdge[] | undefined
  changed: Marks
  types: ReadonlyMap<string, readonly FieldSpec[]>
  isDone: IsDone
  now: number
}

/** The chunks that fit a filter; undefined where all are shown. */
export function findChunks(
  chunks: ReadonlyMap<string, OutlineChunk>,
  filter: ChunkFilter,
  { byWords, edges, changed, types, isDone, now }: Asked,
): ReadonlySet<string> | undefined {
  const { edge } = filter
  return filterChunks(chunks, filter, {
    byText: new Map(byWords.map(({ chunk_id }) => [chunk_id, true])),
    changed,
    linked: edges && edge !== undefined ? linkedBy(edges, edge, (id) => chunks.has(id)) : undefined,
    specs: types,
    isDone,
    now,
  })
}
