import { ToolError } from '../../../../ground/tool-error.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { findChunk } from '../../store/chunks.ts'
import { deleteEdge, findEdge, resolveLinks } from '../../store/edges.ts'

export function unlinkChunks(deps: DocumentDeps): DocumentOp<'unlink_chunks'> {
  return (caller, { scope, from_id, to_id, kind }) =>
    edit(deps, caller, scope, async ({ tx, placeId, now, record }) => {
      const from = await findChunk(tx, placeId, from_id)
      const edge = from && (await findEdge(tx, from_id, to_id, kind))
      if (!edge) return { removed: false }
      if (edge.auto === 1)
        throw new ToolError('this edge comes from a link in the body and goes with it; edit the body')
      await deleteEdge(tx, edge)
      // A link in the body may have been behind it.
      await resolveLinks(tx, [from_id], now)
      record({
        op: 'unlink_chunks',
        document_id: from.document_id,
        chunk_id: from_id,
        revision: from.revision,
        detail: { title: from.title, kind, to_id },
        before: { kind, to_id },
      })
      return { removed: true }
    })
}
