import { type Entry, enterColumn } from '../../board/enter-column.ts'
import { startInColumn } from '../../board/start-rows.ts'
import { changeChunk } from '../../chunks/change-chunk.ts'
import type { StoredChunk } from '../../chunks/chunk.ts'
import { rankBeside, type Seat } from '../../chunks/rank.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getChunk, requireRevision } from '../../find.ts'

export function moveCard(deps: DocumentDeps): DocumentOp<'move_card'> {
  return (caller, { scope, id, status, revision, ...beside }) =>
    edit(deps, caller, scope, async (current) => {
      const card = await getChunk(current, id)
      requireRevision('move_card', card, revision)
      const to = status ?? card.status
      const isNewColumn = to !== card.status
      const { after_id, before_id } = besideOthers(id, beside)
      const isPlaced = after_id !== undefined || before_id !== undefined
      if (!isNewColumn && !isPlaced) return toMoved(card)
      const seat = { after_id, before_id }
      const { rank, column }: Entry = isNewColumn
        ? await enterColumn(current, card, to, seat)
        : { rank: await rankBeside(current, card, to, seat) }
      if (!isNewColumn && rank === card.rank) return toMoved(card)
      const content = isNewColumn ? { status: to } : {}
      const moved = await changeChunk(current, card, { content, rank }, { op: 'move_card', newRevision: isNewColumn })
      await startInColumn(current, moved, column)
      return toMoved(moved)
    })
}

/** Dropped on itself, a card stays. */
function besideOthers(id: string, { after_id, before_id }: Seat): Seat {
  return {
    ...(after_id === id ? {} : { after_id }),
    ...(before_id === id ? {} : { before_id }),
  }
}

function toMoved({ id, document_id, status, rank, revision }: StoredChunk) {
  return { id, document_id, status, rank, revision }
}
