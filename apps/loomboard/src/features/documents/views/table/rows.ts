import { isAside } from '../../model/cards.ts'
import type { FieldSpec } from '../../model/field-chips.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { rewrittenIds } from '../../model/outline-lines.ts'
import { inDocumentOrder, type SortOptions, sortChunks, sortValue } from '../../model/sort.ts'

type Chunks = ReadonlyMap<string, OutlineChunk>

interface RowsInput {
  chunks: Chunks
  rootId: string
  found: ReadonlySet<string> | undefined
  types: ReadonlyMap<string, readonly FieldSpec[]>
  /** The settings of its board. */
  board: OutlineChunk | undefined
  sort: string | undefined
  order: 'asc' | 'desc'
}

export interface Rows {
  rows: readonly OutlineChunk[]
  from: RowsInput
}

/** The rows of a table, in order; after a change that moves none, they are not put in order again. */
export function toRows(input: RowsInput, before?: Rows): Rows {
  const { chunks, rootId, found, sort } = input
  const rewritten = before && rewrittenInPlace(input, before.from)
  if (before && rewritten) {
    if (rewritten.size === 0) return { rows: before.rows, from: input }
    return { rows: before.rows.map((row) => (rewritten.has(row.id) ? chunks.get(row.id)! : row)), from: input }
  }
  const all = inDocumentOrder(chunks).filter((chunk) => !isAside(chunk, rootId))
  const shown = found ? all.filter(({ id }) => found.has(id)) : all
  const rows = sort && sort !== 'position' ? sortChunks(shown, sorting(input, sort)) : shown
  return { rows, from: input }
}

function rewrittenInPlace(input: RowsInput, before: RowsInput): ReadonlySet<string> | undefined {
  const keys = ['rootId', 'found', 'types', 'board', 'sort', 'order'] as const
  if (keys.some((key) => input[key] !== before[key])) return undefined
  const rewritten = rewrittenIds(before.chunks, input.chunks)
  const { sort, rootId } = input
  const stays = [...(rewritten ?? [])].every((id) => {
    const [was, is] = [before.chunks.get(id)!, input.chunks.get(id)!]
    if (isAside(was, rootId) !== isAside(is, rootId)) return false
    return !sort || sortValue(was, sorting(input, sort)) === sortValue(is, sorting(input, sort))
  })
  return stays ? rewritten : undefined
}

function sorting({ order, types, board }: RowsInput, sort: string): SortOptions {
  return { sort, order, specs: types, ranks: { status: statusRanks(board) } }
}

/** Columns of the board are in the order that its settings say. */
function statusRanks(board: OutlineChunk | undefined): ReadonlyMap<string, number> {
  const columns = board?.fields?.columns
  const statuses = Array.isArray(columns) ? columns.map((column) => String(column?.status ?? '')) : []
  return new Map(statuses.map((status, at) => [status, at]))
}

/** The same rows where they stood, those that are not among them any more as well; what is new comes last. */
export function inPlace(rows: readonly OutlineChunk[], order: readonly string[], chunks: Chunks): OutlineChunk[] {
  const left = new Map(rows.map((row) => [row.id, row]))
  const standing = order.flatMap((id) => {
    const row = left.get(id) ?? chunks.get(id)
    left.delete(id)
    return row ?? []
  })
  return [...standing, ...left.values()]
}
