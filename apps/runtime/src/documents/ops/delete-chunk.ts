import { ToolError } from '../../tools/tool.ts'
import type { DocumentDeps, DocumentOp } from '../deps.ts'
import { edit } from '../edit.ts'
import { getChunk, getDocument, requireRevision } from '../find.ts'
import { removeSubtree } from '../remove-chunks.ts'

export function deleteChunk(deps: DocumentDeps): DocumentOp<'delete_chunk'> {
  return (caller, { scope, id, revision }) =>
    edit(deps, caller, scope, async (current) => {
      const chunk = await getChunk(current, id)
      requireRevision('delete_chunk', chunk, revision)
      const { root_chunk_id } = await getDocument(current, chunk.document_id)
      if (id === root_chunk_id) throw new ToolError('the root chunk cannot be deleted; delete the document instead')
      const { chunks } = await removeSubtree(current, chunk, 'delete_chunk')
      return { deleted: true, cascade_deleted_descendants: chunks.length - 1 }
    })
}
