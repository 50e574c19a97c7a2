import { inSlices } from '../../../../ground/in-slices.ts'
import { toTitle } from '../../chunks/chunk.ts'
import { bringDocument } from '../../create-document.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { parseCanvas, readCanvas } from '../../exchange/canvas/read.ts'

export function importCanvas(deps: DocumentDeps): DocumentOp<'import_canvas'> {
  return async (caller, { scope, canvas, title = 'Canvas', path }) => {
    const { drafts, edges } = await inSlices(readCanvas(await inSlices(parseCanvas(canvas)), toTitle(title)))
    const brought = { op: 'import_canvas', drafts, edges, path }
    return bringDocument(deps, caller, scope, brought, ({ document_id, root_chunk_id, chunks_created }) => ({
      document_id,
      root_chunk_id,
      chunks_created,
      edges_created: edges.length,
    }))
  }
}
