import { changeChunk } from '../../chunks/change-chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getChunk, getDocument, requireRevision } from '../../find.ts'
import { findNeighbour } from '../../store/siblings.ts'

export function reorderChunk(deps: DocumentDeps): DocumentOp<'reorder_chunk'> {
  return (caller, { scope, id, direction, revision }) =>
    edit(deps, caller, scope, async (current) => {
      const chunk = await getChunk(current, id)
      requireRevision('reorder_chunk', chunk, revision)
      const { root_chunk_id } = await getDocument(current, chunk.document_id)
      const neighbourId = await findNeighbour(current.tx, chunk, direction)
      const atTheEdge = neighbourId === undefined || neighbourId === root_chunk_id || id === root_chunk_id
      if (atTheEdge) return { reordered: false, id }
      const { position: sibling } = await getChunk(current, neighbourId)
      const target = { at: direction === 'up' ? 'before' : 'after', sibling } as const
      const destination = { parentId: chunk.parent_id, target }
      await changeChunk(current, chunk, { destination }, { op: 'reorder_chunk', newRevision: false })
      return { reordered: true, id, direction }
    })
}
