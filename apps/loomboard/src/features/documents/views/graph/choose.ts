import type { wire } from '@loomcycle/client'
import type { OutlineChunk } from '../../model/outline.ts'

export type Edge = Pick<wire.ChunkEdge, 'from_id' | 'to_id' | 'kind' | 'auto'>

export interface Drawn {
  nodes: readonly OutlineChunk[]
  edges: readonly Edge[]
  /** Linked chunks that there was no room for. */
  leftOut: number
  /** Chunks without any link. */
  alone: number
}

/** More than this nobody reads in one picture. */
export const mostNodes = 120

/**
 * What is drawn of the links of a document: the chunk one looks from and what is nearest to it, or else the chunks with
 * the most links. The same document is always the same picture.
 */
export function chooseDrawn(
  chunks: ReadonlyMap<string, OutlineChunk>,
  edges: readonly Edge[],
  { from, most = mostNodes }: { from?: string | undefined; most?: number } = {},
): Drawn {
  const inside = edges.filter(({ from_id, to_id }) => from_id !== to_id && chunks.has(from_id) && chunks.has(to_id))
  const neighbours = new Map<string, Set<string>>()
  for (const { from_id, to_id } of inside) {
    link(neighbours, from_id, to_id)
    link(neighbours, to_id, from_id)
  }
  const ranked = [...neighbours.keys()].sort(
    (a, b) => (neighbours.get(b)?.size ?? 0) - (neighbours.get(a)?.size ?? 0) || (a < b ? -1 : 1),
  )
  const start = from !== undefined && neighbours.has(from) ? nearestFirst(from, neighbours, ranked) : ranked
  const chosen = new Set(start.slice(0, most))
  // Whatever was asked first, the layout begins with the same.
  const nodes = [...chunks.values()].filter(({ id }) => chosen.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    nodes,
    edges: inside.filter(({ from_id, to_id }) => chosen.has(from_id) && chosen.has(to_id)),
    leftOut: ranked.length - nodes.length,
    alone: chunks.size - ranked.length,
  }
}

function link(neighbours: Map<string, Set<string>>, from: string, to: string): void {
  const known = neighbours.get(from)
  if (known) known.add(to)
  else neighbours.set(from, new Set([to]))
}

function nearestFirst(
  from: string,
  neighbours: ReadonlyMap<string, ReadonlySet<string>>,
  ranked: readonly string[],
): string[] {
  const place = new Map(ranked.map((id, at) => [id, at]))
  const seen = new Set([from])
  for (const id of seen) {
    const next = [...(neighbours.get(id) ?? [])].sort((a, b) => place.get(a)! - place.get(b)!)
    for (const each of next) seen.add(each)
  }
  return [...seen, ...ranked.filter((id) => !seen.has(id))]
}

/** Between two chunks one line is drawn, whatever their links are called. */
export interface Line {
  from: string
  to: string
  kinds: readonly string[]
  /** It leads both ways. */
  both: boolean
}

export function toLines(edges: readonly Edge[]): Line[] {
  const byPair = Map.groupBy(edges, ({ from_id, to_id }) => [from_id, to_id].sort().join('\n'))
  return [...byPair.values()].map((pair) => {
    const { from_id: from, to_id: to } = pair[0]!
    // What is only a link in a text needs no name.
    const kinds = [...new Set(pair.filter(({ auto }) => !auto).map(({ kind }) => kind))].sort()
    return { from, to, kinds, both: pair.some(({ from_id }) => from_id !== from) }
  })
}
