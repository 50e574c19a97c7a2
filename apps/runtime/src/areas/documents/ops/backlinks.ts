import type { DocumentDeps, DocumentOp } from '../deps.ts'
import { fromEnd } from '../edge-ends.ts'
import { edgesAt, sortedBy } from '../edges-at.ts'
import { getChunk } from '../find.ts'
import { look } from '../look.ts'

export function backlinks(deps: DocumentDeps): DocumentOp<'backlinks'> {
  return async (caller, { scope, id }) => {
    const within = await look(deps, caller, scope)
    await getChunk(within, id)
    const edges = sortedBy(await edgesAt(within, 'to', [id]), 'from_title', 'from_id', 'kind')
    return {
      backlinks: edges.map((edge) => ({
        from_id: edge.from_id,
        kind: edge.kind,
        auto: edge.auto === 1,
        ...fromEnd(edge),
      })),
    }
  }
}
