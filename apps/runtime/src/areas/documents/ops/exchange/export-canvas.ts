import { inSlices } from '../../../../ground/in-slices.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { toCanvas } from '../../exchange/canvas/canvas.ts'
import { withoutComments } from '../../exchange/said-of-cards.ts'
import { getDocumentBy } from '../../find.ts'
import { look } from '../../look.ts'
import { readDocument } from '../../read-document.ts'

export function exportCanvas(deps: DocumentDeps): DocumentOp<'export_canvas'> {
  return async (caller, { scope, include_comments = false, ...ref }) => {
    const within = await look(deps, caller, scope)
    const document = await getDocumentBy(within, ref)
    const whole = await readDocument(deps, within, document.id)
    const { chunks, edges } = include_comments ? whole : await inSlices(withoutComments(whole))
    return { canvas: await inSlices(toCanvas(chunks, edges)), document_id: document.id }
  }
}
