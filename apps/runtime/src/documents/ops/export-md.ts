import type { DocumentDeps, DocumentOp } from '../deps.ts'
import { getDocumentBy } from '../find.ts'
import { look } from '../look.ts'
import { edgesTrailer } from '../markdown/metadata.ts'
import { writeMarkdown } from '../markdown/write.ts'
import { listDocumentChunks } from '../store/chunks.ts'
import { listDocumentEdges } from '../store/edges.ts'

export function exportMd(deps: DocumentDeps): DocumentOp<'export_md'> {
  return async (caller, { scope, include_metadata = true, ...ref }) => {
    const within = await look(deps, caller, scope)
    const document = await getDocumentBy(within, ref)
    const chunks = await listDocumentChunks(within.tx, document.id)
    const text = writeMarkdown(chunks, { metadata: include_metadata })
    const markdown = include_metadata ? text + edgesTrailer(await ownEdges()) : text
    return { markdown, document_id: document.id, title: document.title }

    async function ownEdges() {
      const edges = await listDocumentEdges(within.tx, within.placeId, document.id)
      return edges
        .filter((edge) => edge.auto === 0 && edge.from_document_id === edge.to_document_id)
        .map(({ from_id, to_id, kind }) => ({ from: from_id, to: to_id, kind }))
    }
  }
}
