import { inSlices, nextSlice } from '../../../../ground/in-slices.ts'
import { mapped } from '../../../../ground/lists-in-slices.ts'
import { ToolError } from '../../../../ground/tool-error.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { fromEnd, toEnd } from '../../edges/edge-ends.ts'
import { edgesOf as edgesOfChunks, sortedBy } from '../../edges/edges-at.ts'
import { getChunk, getDocument, type Within } from '../../find.ts'
import { look } from '../../look.ts'
import { type Leaf, listOutline } from '../../store/chunks.ts'
import type { EdgeWithEnds } from '../../store/edges.ts'

export function getEdges(deps: DocumentDeps): DocumentOp<'get_edges'> {
  return async (caller, { scope, document_id, id }) => {
    const edges = await edgesOf(await look(deps, caller, scope), document_id, id)
    return { edges: await inSlices(mapped(edges, toWire)) }
  }
}

function toWire(edge: EdgeWithEnds) {
  return {
    from_id: edge.from_id,
    to_id: edge.to_id,
    kind: edge.kind,
    auto: edge.auto === 1,
    ...fromEnd(edge),
    ...toEnd(edge),
  }
}

async function edgesOf(within: Within, documentId: string | undefined, chunkId: string | undefined) {
  if (chunkId) {
    const chunk = await getChunk(within, chunkId)
    return sortedBy(await edgesOfChunks(within, [chunk.id]), 'kind', 'from_id', 'to_id')
  }
  if (!documentId) throw new ToolError('missing required field: document_id, or id of a chunk')
  const document = await getDocument(within, documentId)
  return sortedBy(await edgesOfDocument(within, document.id), 'from_id', 'to_id', 'kind')
}

const chunksAtOnce = 200
const edgesAtOnce = 1000

async function edgesOfDocument(within: Within, documentId: string): Promise<EdgeWithEnds[]> {
  const edges = new Map<string, EdgeWithEnds>()
  for (let last: Leaf | undefined; ; ) {
    const page = await listOutline(within.tx, documentId, last, chunksAtOnce)
    const ids = page.map(({ id }) => id)
    for (const [n, edge] of (await edgesOfChunks(within, ids)).entries()) {
      edges.set(JSON.stringify([edge.from_id, edge.to_id, edge.kind]), edge)
      if ((n + 1) % edgesAtOnce === 0) await nextSlice()
    }
    last = page.at(-1)
    if (page.length < chunksAtOnce) return [...edges.values()]
    await nextSlice()
  }
}
