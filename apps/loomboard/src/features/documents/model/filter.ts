import { type DocumentSearch, toList } from './document-search.ts'
import type { ChunkFilter } from './filter/filter-chunks.ts'
import { isFiltering } from './filter/filter-chunks.ts'
import { isUnfinished } from './filter/operators.ts'

/** Which chunks an address asks for. */
export function toFilter({ status, type, tags, where = [], edge, q, changed }: DocumentSearch): ChunkFilter {
  return {
    status: toList(status),
    type: toList(type),
    tag: toList(tags),
    where: where.filter((predicate) => !isUnfinished(predicate)),
    ...(edge ? { edge } : {}),
    ...(q ? { q } : {}),
    ...(changed ? { changed } : {}),
  }
}

export function isFiltered(search: DocumentSearch): boolean {
  return isFiltering(toFilter(search))
}

/** Takes all filters away. */
export const showAll: Partial<DocumentSearch> = {
  q: undefined,
  status: undefined,
  type: undefined,
  tags: undefined,
  where: undefined,
  edge: undefined,
  changed: undefined,
}
