import { labels } from '../../chunks/chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { look } from '../../look.ts'
import { documentsOf, readDocuments } from '../../search/documents-of.ts'
import { idsUnder } from '../../under-path.ts'

export function documentsSummary(deps: DocumentDeps): DocumentOp<'documents_summary'> {
  return async (caller, { scope, document_ids, under_path }) => {
    const within = await look(deps, caller, scope)
    const ids = await idsUnder(within, under_path, document_ids)
    const documents = await readDocuments(within, await documentsOf(deps, caller, within, { ids }))
    return {
      documents: documents.map(({ id, title, root_chunk_id, type, status }) => ({
        document_id: id,
        title,
        color_enabled: false,
        root_chunk_id,
        ...labels({ type, status }),
      })),
    }
  }
}
