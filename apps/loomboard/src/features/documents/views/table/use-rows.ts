import { useMemo, useRef } from 'react'
import { useDerived } from '../../../../lib/use-derived.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import type { ViewProps } from '../view.ts'
import { inPlace, type Rows, toRows } from './rows.ts'

/** The rows of a table, in order. While somebody writes in one, all stay where they are. */
export function useRows(
  { editing, document, found, types, search }: Pick<ViewProps, 'editing' | 'document' | 'found' | 'types' | 'search'>,
  isWriting: boolean,
): readonly OutlineChunk[] {
  const { chunks } = editing
  const rootId = document.root_chunk_id
  const board = editing.boards.get('main')
  const { sort } = search
  const order = search.order === 'desc' ? 'desc' : 'asc'
  const { rows: sorted } = useDerived<Rows>(
    (before) => toRows({ chunks, rootId, found, types, board, sort, order }, before),
    [chunks, rootId, found, types, board, sort, order],
  )
  const kept = useRef<readonly string[]>([])
  const rows = useMemo(() => (isWriting ? inPlace(sorted, kept.current, chunks) : sorted), [sorted, isWriting, chunks])
  if (!isWriting) kept.current = rows.map(({ id }) => id)
  return rows
}
