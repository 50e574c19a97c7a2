import { ToolError } from '../../../../ground/tool-error.ts'
import { markBranch, unmarkBranch } from '../../chunks/mark-branch.ts'
import { removeSubtree } from '../../chunks/remove-chunks.ts'
import { inBranch, unlessChanged } from '../../chunks/unchanged.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getChunk, getDocument, requireRevision } from '../../find.ts'
import { look } from '../../look.ts'
import { findChunk } from '../../store/chunks.ts'

export function deleteChunk(deps: DocumentDeps): DocumentOp<'delete_chunk'> {
  return async (caller, { scope, id, revision, unchanged_since }) => {
    const within = await look(deps, caller, scope)
    const found = await findChunk(within.tx, within.placeId, id)
    const requireUnchanged = await unlessChanged(deps, within, found, unchanged_since, inBranch)
    const marked = found && (await markBranch(deps, within.placeId, found))
    try {
      return await edit(deps, caller, scope, async (current) => {
        const chunk = await getChunk(current, id)
        requireRevision('delete_chunk', chunk, revision)
        await requireUnchanged(current)
        const { root_chunk_id } = await getDocument(current, chunk.document_id)
        if (id === root_chunk_id) throw new ToolError('the root chunk cannot be deleted; delete the document instead')
        const count = await removeSubtree(current, chunk, 'delete_chunk', marked)
        return { deleted: true, cascade_deleted_descendants: count - 1 }
      })
    } finally {
      if (marked) await unmarkBranch(deps, marked)
    }
  }
}
