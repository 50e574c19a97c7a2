import { ToolError } from '../../tools/tool.ts'
import type { DocumentDeps, DocumentOp } from '../deps.ts'
import { fromEnd, toEnd } from '../edge-ends.ts'
import { getChunk, getDocument, type Within } from '../find.ts'
import { look } from '../look.ts'
import { listChunkEdges, listDocumentEdges } from '../store/edges.ts'

export function getEdges(deps: DocumentDeps): DocumentOp<'get_edges'> {
  return async (caller, { scope, document_id, id }) => {
    const edges = await edgesOf(await look(deps, caller, scope), document_id, id)
    return {
      edges: edges.map((edge) => ({
        from_id: edge.from_id,
        to_id: edge.to_id,
        kind: edge.kind,
        auto: edge.auto === 1,
        ...fromEnd(edge),
        ...toEnd(edge),
      })),
    }
  }
}

async function edgesOf(within: Within, documentId: string | undefined, chunkId: string | undefined) {
  if (chunkId) {
    const chunk = await getChunk(within, chunkId)
    return listChunkEdges(within.tx, within.placeId, chunk.id)
  }
  if (!documentId) throw new ToolError('missing required field: document_id, or id of a chunk')
  const document = await getDocument(within, documentId)
  return listDocumentEdges(within.tx, within.placeId, document.id)
}
