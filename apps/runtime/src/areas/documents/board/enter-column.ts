import { type BoardColumn, type BoardSettings, RuntimeError } from '@loomcycle/proto'
import type { StoredChunk } from '../chunks/chunk.ts'
import { rankBeside, type Seat } from '../chunks/rank.ts'
import type { Edit } from '../edit.ts'
import { getDocument } from '../find.ts'
import { type ColumnCount, countCards, findBoard, listCardTitles } from '../store/board.ts'
import { endOfColumn } from '../store/ranks.ts'
import { requireAllowed } from './follow-team.ts'
import { boardOf, columnOf, isCard } from './settings.ts'

/** A chunk that gets a status, as it is going to be otherwise; one that is new has no number and no status yet. */
export interface Comer extends Pick<StoredChunk, 'title' | 'fields' | 'tags'> {
  n: number
  id: string
  document_id: string
  type: string
  status: string
  rank: string
}

/** So many cards of a full column a refusal names. */
const mostNamed = 10

export interface Entry {
  rank: string
  /** As the board has it, where it does. */
  column?: BoardColumn | undefined
}

/**
 * Where a chunk stands in the column it comes to. Refused where its team does not lead there, and where the board says
 * that the column takes no more.
 */
export async function enterColumn(edit: Edit, comer: Comer, status: string, seat: Seat = {}): Promise<Entry> {
  if (status === '') {
    const board = comer.status === '' ? undefined : await findBoard(edit.tx, comer.document_id)
    await requireAllowed(edit, board, comer, status)
    return { rank: '' }
  }
  const end = await endOfColumn(edit.tx, { document_id: comer.document_id, status, except: comer.n })
  const board = boardOf(end.board)
  await requireAllowed(edit, board, comer, status)
  if (board) await requireRoom(edit, board, comer, status)
  return { rank: await rankBeside(edit, comer, status, seat, end.rank), column: columnOf(board, status) }
}

async function requireRoom(edit: Edit, board: BoardSettings, comer: Comer, status: string) {
  const { document_id } = comer
  const column = columnOf(board, status)
  if (column?.limit === undefined) return
  const { root_chunk_id } = await getDocument(edit, document_id)
  if (!isCard(comer, root_chunk_id)) return
  const [count] = await countCards(edit.tx, document_id, root_chunk_id, status)
  if (count && count.cards >= column.limit)
    throw await columnFull(edit, board, column, count, root_chunk_id, document_id)
}

/** Says what a person or a model needs to go on: what is there, and where there is room. */
async function columnFull(
  { tx }: Edit,
  board: BoardSettings,
  column: BoardColumn & { limit?: number },
  count: ColumnCount,
  rootId: string,
  documentId: string,
) {
  const cards = await listCardTitles(tx, documentId, rootId, column.status, mostNamed)
  const counts = new Map((await countCards(tx, documentId, rootId)).map((one) => [one.status, one.cards]))
  const room = (board.columns ?? [])
    .filter(
      ({ status, limit }) => status !== column.status && (limit === undefined || (counts.get(status) ?? 0) < limit),
    )
    .map(({ status, title, limit }) => ({
      status,
      title: title ?? status,
      cards: counts.get(status) ?? 0,
      ...(limit === undefined ? {} : { limit }),
    }))
  const more = count.cards > cards.length ? ` and ${count.cards - cards.length} more` : ''
  const instead =
    room.length > 0 ? `There is room in ${namesOf(room.map(({ status }) => status))}.` : 'No column has room.'
  return new RuntimeError(
    'column_full',
    `the column "${column.title ?? column.status}" takes ${column.limit} ${column.limit === 1 ? 'card' : 'cards'} and has ${count.cards}: ${namesOf(cards.map(({ title }) => title))}${more}. Move one of them on first, or leave the card where it is. ${instead}`,
    { status: column.status, limit: column.limit, count: count.cards, cards, room },
  )
}

function namesOf(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ')
}
