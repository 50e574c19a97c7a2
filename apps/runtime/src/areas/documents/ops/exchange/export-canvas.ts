import { inSlices } from '../../../../ground/in-slices.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { toCanvas } from '../../exchange/canvas/canvas.ts'
import { getDocumentBy } from '../../find.ts'
import { look } from '../../look.ts'
import { readDocument } from '../../read-document.ts'

export function exportCanvas(deps: DocumentDeps): DocumentOp<'export_canvas'> {
  return async (caller, { scope, ...ref }) => {
    const within = await look(deps, caller, scope)
    const document = await getDocumentBy(within, ref)
    const { chunks, edges } = await readDocument(deps, within, document.id)
    return { canvas: await inSlices(toCanvas(chunks, edges)), document_id: document.id }
  }
}
