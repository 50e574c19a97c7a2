import { inSlices, nextSlice } from '../../../ground/in-slices.ts'
import { sorted } from '../../../ground/lists-in-slices.ts'
import type { Within } from '../find.ts'
import { type EdgeWithEnds, listEdgesAt, listEdgesAtOne } from '../store/edges.ts'

const pageSize = 400

/** All edges that start at one of these chunks, or that lead to one, read a page at a time. */
export async function edgesAt(
  within: Pick<Within, 'tx' | 'placeId'>,
  side: 'from' | 'to',
  ids: readonly string[],
): Promise<EdgeWithEnds[]> {
  const { tx, placeId } = within
  if (ids.length === 1) return edgesAtOne(within, side, ids[0]!)
  const edges = await listEdgesAt(tx, placeId, side, ids, pageSize)
  if (edges.length < pageSize) return edges
  await nextSlice()
  const half = ids.length >> 1
  return [...(await edgesAt(within, side, ids.slice(0, half))), ...(await edgesAt(within, side, ids.slice(half)))]
}

async function edgesAtOne({ tx, placeId }: Pick<Within, 'tx' | 'placeId'>, side: 'from' | 'to', id: string) {
  const edges: EdgeWithEnds[] = []
  for (;;) {
    const page = await listEdgesAtOne(tx, placeId, side, id, edges.at(-1), pageSize)
    for (const edge of page) edges.push(edge)
    if (page.length < pageSize) return edges
    await nextSlice()
  }
}

/** In both directions; one that leads from a chunk to itself is one edge. */
export async function edgesOf(within: Pick<Within, 'tx' | 'placeId'>, ids: readonly string[]): Promise<EdgeWithEnds[]> {
  const here = new Set(ids)
  const from = await edgesAt(within, 'from', ids)
  const to = await edgesAt(within, 'to', ids)
  return [...from, ...to.filter(({ from_id }) => !here.has(from_id))]
}

/** Sorts as the database does: by these, one after another. */
export function sortedBy(edges: readonly EdgeWithEnds[], ...keys: Array<keyof EdgeWithEnds>): Promise<EdgeWithEnds[]> {
  const compare = (a: EdgeWithEnds, b: EdgeWithEnds) => {
    for (const key of keys) if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1
    return 0
  }
  return inSlices(sorted(edges, compare))
}
