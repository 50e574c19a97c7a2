import type { DocumentDeps, DocumentOp } from '../deps.ts'
import { fromEnd, toEnd } from '../edge-ends.ts'
import { getDocument } from '../find.ts'
import { look } from '../look.ts'
import { listDocumentEdges } from '../store/edges.ts'

export function getEdges(deps: DocumentDeps): DocumentOp<'get_edges'> {
  return async (caller, { scope, document_id }) => {
    const within = await look(deps, caller, scope)
    await getDocument(within, document_id)
    const edges = await listDocumentEdges(within.tx, within.placeId, document_id)
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
