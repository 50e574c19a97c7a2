import { useMemo, useRef } from 'react'
import { isAside } from '../../model/cards.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { inDocumentOrder, type Order, sortChunks } from '../../model/sort.ts'
import type { ViewProps } from '../view.ts'

/** The rows of a table, in order. While somebody writes in one, all stay where they are. */
export function useRows(
  { editing, document, found, types, search }: Pick<ViewProps, 'editing' | 'document' | 'found' | 'types' | 'search'>,
  isWriting: boolean,
): readonly OutlineChunk[] {
  const { chunks, boards } = editing
  const { sort } = search
  const order: Order = search.order === 'desc' ? 'desc' : 'asc'
  const sorted = useMemo(() => {
    const all = inDocumentOrder(chunks).filter((chunk) => !isAside(chunk, document.root_chunk_id))
    const shown = found ? all.filter(({ id }) => found.has(id)) : all
    if (!sort || sort === 'position') return shown
    return sortChunks(shown, { sort, order, specs: types, ranks: { status: statusRanks(boards.get('main')) } })
  }, [chunks, boards, document.root_chunk_id, found, sort, order, types])
  const kept = useRef<readonly string[]>([])
  const rows = useMemo(() => {
    if (!isWriting) return sorted
    const place = new Map(kept.current.map((id, at) => [id, at]))
    const placeOf = ({ id }: OutlineChunk) => place.get(id) ?? Number.POSITIVE_INFINITY
    const missing = kept.current.flatMap((id) => (sorted.some((each) => each.id === id) ? [] : (chunks.get(id) ?? [])))
    return [...sorted, ...missing].sort((a, b) => placeOf(a) - placeOf(b) || 0)
  }, [sorted, isWriting, chunks])
  if (!isWriting) kept.current = rows.map(({ id }) => id)
  return rows
}

/** Columns of the board are in the order that its settings say. */
function statusRanks(board: OutlineChunk | undefined): ReadonlyMap<string, number> {
  const columns = board?.fields?.columns
  const statuses = Array.isArray(columns) ? columns.map((column) => String(column?.status ?? '')) : []
  return new Map(statuses.map((status, at) => [status, at]))
}
