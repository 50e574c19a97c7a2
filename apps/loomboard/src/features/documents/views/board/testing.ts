import { chunksOf } from '../../model/makers.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { type Board, type BoardInput, toBoard } from './board-model.ts'
import { toSetup } from './board-setup.ts'

const columns = [
  { status: 'todo', title: 'To do' },
  { status: 'doing', title: 'Doing', limit: 2 },
  { status: 'done', title: 'Done', done: true },
]

/** The input of a board with the columns To do, Doing (two cards at most) and Done. */
export function inputOf(cards: readonly OutlineChunk[], more: Partial<BoardInput> = {}): BoardInput {
  const setup = toSetup({ columns }, [])
  return { chunks: chunksOf(...cards), rootId: 'root', setup, group: 'status', types: new Map(), ...more }
}

/** What a board looks like, a line a column. */
function drawn(board: Board): string[] {
  return board.columns.map(({ key, cells }) => {
    const lanes = board.lanes.map(({ key: lane }) => (cells.get(lane) ?? []).join(' '))
    return `${key}: ${lanes.join(' | ')}`.trim()
  })
}

export const drawnOf = (input: BoardInput) => drawn(toBoard(input))
