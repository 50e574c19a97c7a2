import { nextSlice } from '../../../../ground/in-slices.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { look } from '../../look.ts'
import { countTags } from '../../store/tags.ts'

export function listTags(deps: DocumentDeps): DocumentOp<'list_tags'> {
  return async (caller, { scope, id, document_id }) => {
    const { tx, placeId } = await look(deps, caller, scope)
    await nextSlice()
    return { tags: await countTags(tx, placeId, { chunkId: id, documentId: document_id }) }
  }
}
