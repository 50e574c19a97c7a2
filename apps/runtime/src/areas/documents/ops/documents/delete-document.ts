import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { documentIdOf } from '../../find.ts'
import { removeDocument } from '../../remove-document.ts'
import { findDocument } from '../../store/documents.ts'

export function deleteDocument(deps: DocumentDeps): DocumentOp<'delete_document'> {
  return (caller, { scope, id, path }) =>
    edit(deps, caller, scope, async (current) => {
      const documentId = await documentIdOf(current, { id, path })
      const document = await findDocument(current.tx, current.placeId, documentId)
      const count = document ? await removeDocument(current, document, 'delete_document') : 0
      return { deleted: true, document_id: documentId, n_chunks_deleted: count }
    })
}
