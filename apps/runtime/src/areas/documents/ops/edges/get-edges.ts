import { afterCursor, type Listing, toPage } from '../../../../ground/cursor.ts'
import { inSlices } from '../../../../ground/in-slices.ts'
import { mapped } from '../../../../ground/lists-in-slices.ts'
import { ToolError } from '../../../../ground/tool-error.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { fromEnd, toEnd } from '../../edges/edge-ends.ts'
import { sortedBy } from '../../edges/edges-at.ts'
import { type After, edgesOfChunk, edgesOfDocument, type Met, placeOf } from '../../edges/walk-edges.ts'
import { getChunk, getDocument } from '../../find.ts'
import { look } from '../../look.ts'
import type { EdgeWithEnds } from '../../store/edges.ts'

const usualLimit = 10_000

export function getEdges(deps: DocumentDeps): DocumentOp<'get_edges'> {
  return async (caller, { scope, document_id, id, limit = usualLimit, cursor }) => {
    const within = await look(deps, caller, scope)
    const listing: Listing = ['edges', { ...within.place, document_id, id }]
    const after = toAfter(afterCursor(cursor, listing, 4))
    if (id) await getChunk(within, id)
    else if (document_id) await getDocument(within, document_id)
    else throw new ToolError('missing required field: document_id, or id of a chunk')
    const way = id ? edgesOfChunk(within, id, after) : edgesOfDocument(within, document_id!, after)
    const { rows, next } = toPage(await someOf(way, limit + 1), limit, listing, placeOf)
    const edges = rows.map(({ edge }) => edge)
    const inOrder = await (id
      ? sortedBy(edges, 'kind', 'from_id', 'to_id')
      : sortedBy(edges, 'from_id', 'to_id', 'kind'))
    return { edges: await inSlices(mapped(inOrder, toWire)), ...next }
  }
}

async function someOf(way: AsyncIterable<Met>, count: number): Promise<Met[]> {
  const some: Met[] = []
  for await (const met of way) {
    some.push(met)
    if (some.length === count) break
  }
  return some
}

function toAfter(key: unknown[] | undefined): After | undefined {
  if (!key) return undefined
  const [at, side, other, kind] = key.map(String)
  return [at!, side === 'to' ? 'to' : 'from', other!, kind!]
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
