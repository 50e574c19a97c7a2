import { toCanvas } from '../canvas/canvas.ts'
import type { DocumentDeps, DocumentOp } from '../deps.ts'
import { getDocumentBy } from '../find.ts'
import { look } from '../look.ts'
import { listDocumentChunks } from '../store/chunks.ts'
import { listDocumentEdges } from '../store/edges.ts'

export function exportCanvas(deps: DocumentDeps): DocumentOp<'export_canvas'> {
  return async (caller, { scope, ...ref }) => {
    const within = await look(deps, caller, scope)
    const document = await getDocumentBy(within, ref)
    const chunks = await listDocumentChunks(within.tx, document.id)
    const edges = await listDocumentEdges(within.tx, within.placeId, document.id)
    const own = edges.filter((edge) => edge.auto === 0 && edge.from_document_id === edge.to_document_id)
    return { canvas: toCanvas(chunks, own), document_id: document.id }
  }
}
