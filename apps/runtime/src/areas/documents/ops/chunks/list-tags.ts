import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { look } from '../../look.ts'
import { countTags, hasFewTags } from '../../store/tags.ts'

export function listTags(deps: DocumentDeps): DocumentOp<'list_tags'> {
  return async (caller, { scope, id, document_id }) => {
    const { tx, placeId } = await look(deps, caller, scope)
    const isSoonCounted = id !== undefined || (await hasFewTags(tx, placeId))
    const where = isSoonCounted ? tx : deps.db.aside(caller)
    return { tags: await countTags(where, placeId, { chunkId: id, documentId: document_id }) }
  }
}
