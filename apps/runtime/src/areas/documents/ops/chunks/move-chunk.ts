import { changeChunk } from '../../chunks/change-chunk.ts'
import { destinationOf, requireMovable } from '../../chunks/destination.ts'
import { ofPlace, unlessChanged } from '../../chunks/unchanged.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getChunk, getDocument, requireRevision } from '../../find.ts'
import { look } from '../../look.ts'
import { findChunk } from '../../store/chunks.ts'

export function moveChunk(deps: DocumentDeps): DocumentOp<'move_chunk'> {
  return async (caller, { scope, id, new_parent_id, position, after_id, before_id, revision, unmoved_since }) => {
    const within = await look(deps, caller, scope)
    const found = unmoved_since === undefined ? undefined : await findChunk(within.tx, within.placeId, id)
    const requireUnmoved = await unlessChanged(deps, within, found, unmoved_since, ofPlace)
    return edit(deps, caller, scope, async (current) => {
      const chunk = await getChunk(current, id)
      requireRevision('move_chunk', chunk, revision)
      await requireUnmoved(current)
      const besideSibling = after_id !== undefined || before_id !== undefined
      const wish = {
        parent_id: new_parent_id,
        position: besideSibling ? position : (position ?? 0),
        after_id,
        before_id,
      }
      const destination = await destinationOf(current, chunk.document_id, wish, '')
      const { root_chunk_id } = await getDocument(current, chunk.document_id)
      await requireMovable(current, chunk, root_chunk_id, destination, wish)
      const moved = await changeChunk(current, chunk, { destination }, { op: 'move_chunk', newRevision: false })
      return { ok: true, id, new_parent_id: moved.parent_id, position: moved.position }
    })
  }
}
