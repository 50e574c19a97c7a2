import { parseCanvas, readCanvas } from '../canvas/read.ts'
import { toTitle } from '../chunk.ts'
import { createDocument } from '../create-document.ts'
import type { DocumentDeps, DocumentOp } from '../deps.ts'
import { edit } from '../edit.ts'
import { requireValidDrafts } from '../import-sections.ts'
import { insertEdges } from '../store/edges.ts'

export function importCanvas(deps: DocumentDeps): DocumentOp<'import_canvas'> {
  return (caller, { scope, canvas, title = 'Canvas', path }) => {
    const { drafts, edges } = readCanvas(parseCanvas(canvas), toTitle(title))
    return edit(deps, caller, scope, async (current) => {
      await requireValidDrafts(current, '', drafts)
      const { document_id, chunks } = await createDocument(current, 'import_canvas', drafts, path)
      await insertEdges(current.tx, current.placeId, edges, current.now)
      return { document_id, root_chunk_id: chunks[0]!.id, chunks_created: chunks.length, edges_created: edges.length }
    })
  }
}
