import type { Board } from './board-model.ts'

const prefix = 'column:'

/** A column as a place for the keyboard, where there is no card in it. */
export const columnStop = (key: string): string => prefix + key

export const columnOfStop = (stop: string): string | undefined =>
  stop.startsWith(prefix) ? stop.slice(prefix.length) : undefined

/** Where an arrow leads from a card or an empty column; undefined where there is nothing that way. */
export function navigate(board: Board, from: string, key: string): string | undefined {
  const place = board.places.get(from)
  const columnKey = place?.column ?? columnOfStop(from)
  const at = board.columns.findIndex((column) => column.key === columnKey)
  const column = board.columns[at]
  if (!column) return undefined
  const cards = cardsOf(board, column.key)
  const index = Math.max(cards.indexOf(from), 0)
  switch (key) {
    case 'ArrowDown':
      return cards[index + 1]
    case 'ArrowUp':
      return cards[index - 1]
    case 'Home':
      return cards[0]
    case 'End':
      return cards.at(-1)
    case 'ArrowLeft':
      return stopIn(board, at - 1, index)
    case 'ArrowRight':
      return stopIn(board, at + 1, index)
    default:
      return undefined
  }
}

function stopIn(board: Board, at: number, index: number): string | undefined {
  const column = board.columns[at]
  if (!column) return undefined
  const cards = cardsOf(board, column.key)
  return cards[Math.min(index, cards.length - 1)] ?? columnStop(column.key)
}

/** All cards of a column, lane after lane. */
export function cardsOf(board: Board, key: string): readonly string[] {
  const column = board.columns.find((each) => each.key === key)
  return board.lanes.flatMap((lane) => column?.cells.get(lane.key) ?? [])
}

/** The cards from one to another, as they are read. */
export function cardsBetween(board: Board, from: string, to: string): readonly string[] {
  const all = board.columns.flatMap(({ key }) => cardsOf(board, key))
  const [a, b] = [all.indexOf(from), all.indexOf(to)].sort((x, y) => x - y) as [number, number]
  return a < 0 ? [to] : all.slice(a, b + 1)
}
