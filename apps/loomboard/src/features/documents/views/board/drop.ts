import { refusalOfStatus } from '../../teams/statuses.ts'
import type { Patch } from '../../writing/patch.ts'
import { type Board, type Column, valueIn } from './board-model.ts'
import { type Grouping, titleOf } from './board-setup.ts'

/** Where a card is let go: in a column, and there between two cards; without them at its end. */
export interface Over {
  column: string
  lane: string
  afterId?: string | undefined
  beforeId?: string | undefined
}

export type CardOp =
  | { kind: 'move'; id: string; to: { status: string; afterId?: string; beforeId?: string }; into: string }
  | { kind: 'edit'; id: string; patch: Omit<Patch, 'body'> }

export type Drop = { ops: readonly CardOp[] } | { refused: string }

/** Why a column does not take a card; undefined where it does. */
export function refusalOf(
  { group, columns, cards, places, from }: Board,
  id: string,
  { key, title, limit, count }: Column,
): string | undefined {
  const card = cards.get(id)
  if (!card || places.get(id)?.column === key) return undefined
  const titleOfColumn = (status: string) => columns.find((column) => column.key === status)?.title ?? titleOf(status)
  const teams = group === 'status' ? from.teams : undefined
  return refusalOfStatus(teams, card, { status: key, title, limit, count }, titleOfColumn)
}

/** What letting a card go there does; nothing where it stands there already. */
export function drop(board: Board, id: string, over: Over): Drop {
  const from = board.places.get(id)
  const column = board.columns.find(({ key }) => key === over.column)
  if (!from || !column) return { ops: [] }
  const refused = refusalOf(board, id, column)
  if (refused) return { refused }
  const ops: CardOp[] = []
  const patch: Record<string, unknown> = {}
  const changed = [
    ...(from.column === over.column ? [] : [{ by: board.group, value: over.column }]),
    ...(board.lanesBy && from.lane !== over.lane ? [{ by: board.lanesBy, value: over.lane }] : []),
  ]
  for (const { by, value } of changed) if (by !== 'status') Object.assign(patch, patchOf(board, by, value))
  const status = changed.find(({ by }) => by === 'status')?.value
  const isPlaced = board.isRanked && !standsThere(board, id, over)
  if (status !== undefined || isPlaced) {
    const place = board.isRanked ? placeOf(board, id, over) : {}
    ops.push({ kind: 'move', id, to: { status: status ?? over.column, ...place }, into: column.title })
  }
  if (Object.keys(patch).length > 0) ops.push({ kind: 'edit', id, patch })
  return { ops }
}

/** A card of a board that shows what it finds is put beside those that are seen. */
function placeOf(board: Board, id: string, { column, lane, afterId, beforeId }: Over) {
  const is = (other: string | undefined) =>
    other !== undefined && other !== id && board.places.get(other)?.column === column && laneOf(board, other) === lane
  return { ...(is(afterId) ? { afterId: afterId! } : {}), ...(is(beforeId) ? { beforeId: beforeId! } : {}) }
}

function standsThere(board: Board, id: string, { column, lane, afterId, beforeId }: Over): boolean {
  if (afterId === id || beforeId === id) return true
  const cell = cellOf(board, column, lane)
  const at = cell.indexOf(id)
  if (at < 0) return false
  if (afterId === undefined && beforeId === undefined) return at === cell.length - 1
  return cell[at - 1] === afterId && cell[at + 1] === beforeId
}

const laneOf = (board: Board, id: string) => board.places.get(id)?.lane

export function cellOf(board: Board, column: string, lane: string): readonly string[] {
  return board.columns.find(({ key }) => key === column)?.cells.get(lane) ?? []
}

/** The place before the card that stands at this index of a cell, with the moved card left out. */
export function overAt(board: Board, id: string, column: string, lane: string, index: number): Over {
  const cell = cellOf(board, column, lane)
  const own = cell.indexOf(id)
  const others = own < 0 ? cell : cell.toSpliced(own, 1)
  const at = own >= 0 && own < index ? index - 1 : index
  return { column, lane, afterId: others[at - 1], beforeId: others[at] }
}

function patchOf(board: Board, grouping: Grouping, value: string): Omit<Patch, 'body'> {
  if (grouping === 'type') return { type: value }
  const name = grouping.slice('field:'.length)
  // A number stays one.
  const like = [...board.cards.values()].find((card) => valueIn(card, grouping) === value)?.fields?.[name]
  return { [`fields.${name}`]: value === '' ? null : (like ?? value) }
}
