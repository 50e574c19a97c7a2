import { labels } from '../../chunks/chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { look } from '../../look.ts'
import { listDocuments } from '../../store/documents.ts'
import { idsUnder } from '../../under-path.ts'

export function documentsSummary(deps: DocumentDeps): DocumentOp<'documents_summary'> {
  return async (caller, { scope, document_ids, under_path }) => {
    const within = await look(deps, caller, scope)
    const ids = await idsUnder(within, under_path, document_ids)
    const documents = await listDocuments(within.tx, within.placeId, { ids })
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
