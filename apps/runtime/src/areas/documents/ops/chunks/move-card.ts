import { ToolError } from '../../../../ground/tool-error.ts'
import { type Entry, enterColumn } from '../../board/enter-column.ts'
import { isCard } from '../../board/settings.ts'
import { startInColumn } from '../../board/start-rows.ts'
import { changeChunk } from '../../chunks/change-chunk.ts'
import type { StoredChunk } from '../../chunks/chunk.ts'
import { rankBeside, type Seat } from '../../chunks/rank.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getChunk, getDocument, requireRevision } from '../../find.ts'

export function moveCard(deps: DocumentDeps): DocumentOp<'move_card'> {
  return (caller, { scope, id, status, revision, ...beside }) =>
    edit(deps, caller, scope, async (current) => {
      const card = await getChunk(current, id)
      requireRevision('move_card', card, revision)
      requireCard(card, (await getDocument(current, card.document_id)).root_chunk_id)
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

/** It would be in a column where nobody sees it. */
function requireCard(chunk: StoredChunk, rootId: string): void {
  if (isCard(chunk, rootId)) return
  const what = chunk.id === rootId ? 'the document itself' : `a chunk of type ${chunk.type}`
  throw new ToolError(`this is ${what}, which stands on no board; give the id of a card`)
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
