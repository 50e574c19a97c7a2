import { inSlices } from '../../../../ground/in-slices.ts'
import { mapped } from '../../../../ground/lists-in-slices.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { fromEnd } from '../../edges/edge-ends.ts'
import { edgesAt, sortedBy } from '../../edges/edges-at.ts'
import { getChunk } from '../../find.ts'
import { look } from '../../look.ts'
import type { EdgeWithEnds } from '../../store/edges.ts'

export function backlinks(deps: DocumentDeps): DocumentOp<'backlinks'> {
  return async (caller, { scope, id }) => {
    const within = await look(deps, caller, scope)
    await getChunk(within, id)
    const edges = await sortedBy(await edgesAt(within, 'to', [id]), 'from_title', 'from_id', 'kind')
    const toBacklink = (edge: EdgeWithEnds) => ({
      from_id: edge.from_id,
      kind: edge.kind,
      auto: edge.auto === 1,
      ...fromEnd(edge),
    })
    return { backlinks: await inSlices(mapped(edges, toBacklink)) }
  }
}
