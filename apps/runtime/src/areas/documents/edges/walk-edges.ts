import { nextSlice } from '../../../ground/in-slices.ts'
import type { Within } from '../find.ts'
import { listIds } from '../store/chunks.ts'
import { type Edge, type EdgeWithEnds, listEdgesAt, listEdgesAtOne } from '../store/edges.ts'

type Side = 'from' | 'to'
type Where = Pick<Within, 'tx' | 'placeId'>

/** An edge, and the chunk and the end of it by which one comes to it. */
export interface Met {
  at: string
  side: Side
  edge: EdgeWithEnds
}

/** A place on the way: behind an edge of a chunk, by the other end of the edge and its kind. */
export type After = readonly [at: string, side: Side, other: string, kind: string]

export function placeOf({ at, side, edge }: Met): After {
  return [at, side, side === 'from' ? edge.to_id : edge.from_id, edge.kind]
}

const chunksAtOnce = 100
const edgesAtOnce = 400

/** Chunk by chunk, what starts in a document, and what leads there from others. */
export async function* edgesOfDocument(where: Where, documentId: string, after?: After): AsyncGenerator<Met> {
  for await (const met of alongDocument(where, documentId, after)) {
    if (met.side === 'from' || met.edge.from_document_id !== documentId) yield met
  }
}

/** What starts at a chunk, and then what leads to it; one that leads from a chunk to itself is one edge. */
export async function* edgesOfChunk(where: Where, id: string, after?: After): AsyncGenerator<Met> {
  for await (const met of alongChunk(where, id, after)) {
    if (met.side === 'from' || met.edge.from_id !== id) yield met
  }
}

async function* alongDocument(where: Where, documentId: string, after?: After): AsyncGenerator<Met> {
  if (after) yield* alongChunk(where, after[0], after)
  for (let last = after?.[0] ?? ''; ; ) {
    const ids = await listIds(where.tx, documentId, last, chunksAtOnce)
    yield* alongSome(where, ids)
    last = ids.at(-1) ?? last
    if (ids.length < chunksAtOnce) return
    await nextSlice()
  }
}

async function* alongSome(where: Where, ids: readonly string[]): AsyncGenerator<Met> {
  if (ids.length === 0) return
  if (ids.length === 1) {
    yield* alongChunk(where, ids[0]!)
    return
  }
  const { tx, placeId } = where
  const from = await listEdgesAt(tx, placeId, 'from', ids, edgesAtOnce)
  const to = from.length < edgesAtOnce ? await listEdgesAt(tx, placeId, 'to', ids, edgesAtOnce) : undefined
  if (to && to.length < edgesAtOnce) {
    const met = [
      ...from.map((edge): Met => ({ at: edge.from_id, side: 'from', edge })),
      ...to.map((edge): Met => ({ at: edge.to_id, side: 'to', edge })),
    ]
    yield* met.sort((a, b) => compare(placeOf(a), placeOf(b)))
    return
  }
  await nextSlice()
  const half = ids.length >> 1
  yield* alongSome(where, ids.slice(0, half))
  yield* alongSome(where, ids.slice(half))
}

async function* alongChunk({ tx, placeId }: Where, at: string, after?: After): AsyncGenerator<Met> {
  for (const side of ['from', 'to'] as const) {
    if (side === 'from' && after?.[1] === 'to') continue
    let last = after?.[1] === side ? toEdge(after) : undefined
    for (;;) {
      const page = await listEdgesAtOne(tx, placeId, side, at, last, edgesAtOnce)
      for (const edge of page) yield { at, side, edge }
      last = page.at(-1)
      if (page.length < edgesAtOnce) break
      await nextSlice()
    }
  }
}

function toEdge([at, side, other, kind]: After): Edge {
  return { ...(side === 'from' ? { from_id: at, to_id: other } : { from_id: other, to_id: at }), kind, auto: 0 }
}

function compare(a: After, b: After): number {
  for (const [i, part] of a.entries()) if (part !== b[i]) return part < b[i]! ? -1 : 1
  return 0
}
