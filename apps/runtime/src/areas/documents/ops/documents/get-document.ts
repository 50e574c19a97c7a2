import { namesOf } from '../../../paths/names.ts'
import { labels } from '../../chunks/chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { getChunk, getDocumentBy } from '../../find.ts'
import { look } from '../../look.ts'
import { countChunks } from '../../store/documents.ts'

export function getDocument(deps: DocumentDeps): DocumentOp<'get_document'> {
  return async (caller, { scope, id, path }) => {
    const within = await look(deps, caller, scope)
    const document = await getDocumentBy(within, { id, path })
    const root = await getChunk(within, document.root_chunk_id)
    return {
      document_id: document.id,
      title: document.title,
      root_chunk_id: root.id,
      ...labels({ type: root.type, status: root.status }),
      ...(root.tags.length > 0 ? { tags: root.tags } : {}),
      color_enabled: false,
      paths: await namesOf(within.tx, within.place, { kind: 'document', ref: { document_id: document.id } }),
      chunk_count: await countChunks(within.tx, document.id),
      created_at: new Date(document.created_at).toISOString(),
      updated_at: new Date(document.updated_at).toISOString(),
      seq: within.headSeq,
    }
  }
}
