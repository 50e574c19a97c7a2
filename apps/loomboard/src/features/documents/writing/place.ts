import { type OutlineChunk, toOutline } from '../model/outline.ts'

/** Where a chunk stands: under which one (`''` is the top), right after which sibling; without one it is the first. */
export interface Place {
  parentId: string
  afterId?: string
}

export type Direction = 'up' | 'down' | 'in' | 'out'

export interface Move {
  id: string
  to: Place
}

type Chunks = ReadonlyMap<string, OutlineChunk>

export function placeOf(chunks: Chunks, id: string): Place {
  const { siblings, at, parentId } = around(chunks, id)
  return toPlace(parentId, siblings[at - 1]?.id)
}

/** Where a step leads; undefined where there is nothing that way. The document's own chunk stays above all others. */
export function step(chunks: Chunks, id: string, direction: Direction, rootId: string): Place | undefined {
  const { outline, siblings, at, parentId } = around(chunks, id)
  const before = siblings[at - 1]
  if (id === rootId || at < 0) return undefined
  switch (direction) {
    case 'up':
      return before && before.id !== rootId ? toPlace(parentId, siblings[at - 2]?.id) : undefined
    case 'down': {
      const next = siblings[at + 1]
      return next && toPlace(parentId, next.id)
    }
    case 'in':
      return before && toPlace(before.id, outline.get(before.id)?.at(-1)?.id)
    case 'out': {
      const parent = chunks.get(parentId)
      return parent && parent.id !== rootId ? toPlace(parent.parent_id ?? '', parent.id) : undefined
    }
  }
}

/** The chunks with these moves made; the others keep their places. */
export function withMoves(chunks: Chunks, moves: readonly Move[]): Chunks {
  const real = moves.filter(({ id }) => chunks.has(id))
  if (real.length === 0) return chunks
  const next = new Map(chunks)
  for (const { id, to } of real) {
    const { parent_id: _, ...rest } = next.get(id)!
    const position = positionAt(next, id, to)
    next.set(id, { ...rest, position, ...(to.parentId ? { parent_id: to.parentId } : {}) })
  }
  return next
}

/** A position between its neighbours; the server's own whole numbers come with the next reading. */
function positionAt(chunks: Chunks, id: string, { parentId, afterId }: Place): number {
  const siblings: OutlineChunk[] = []
  for (const chunk of chunks.values()) {
    const { parent_id = '' } = chunk
    // What has lost its parent is at the top.
    if (chunk.id !== id && (parent_id === parentId || (parentId === '' && !chunks.has(parent_id)))) siblings.push(chunk)
  }
  siblings.sort((a, b) => a.position - b.position)
  const at = siblings.findIndex((sibling) => sibling.id === afterId)
  const next = siblings[at + 1]
  if (at < 0) return next ? next.position - 1 : 0
  const { position } = siblings[at]!
  return next ? (position + next.position) / 2 : position + 1
}

/** In the words of `move_chunk`: by the neighbour, whose place may change meanwhile, or before all others. */
export function toDestination({ parentId, afterId }: Place) {
  return afterId ? { after_id: afterId } : { new_parent_id: parentId, position: 0 }
}

function around(chunks: Chunks, id: string) {
  const outline = toOutline(chunks)
  const parent = chunks.get(id)?.parent_id ?? ''
  const parentId = chunks.has(parent) ? parent : ''
  const siblings = outline.get(parentId) ?? []
  return { outline, siblings, parentId, at: siblings.findIndex((sibling) => sibling.id === id) }
}

const toPlace = (parentId: string, afterId: string | undefined): Place =>
  afterId === undefined ? { parentId } : { parentId, afterId }

export function placeBelow(chunks: Chunks, id: string): Place {
  return toPlace(around(chunks, id).parentId, id)
}

/** As the last one in it. */
export function placeInside(chunks: Chunks, id: string): Place {
  return toPlace(id, toOutline(chunks).get(id)?.at(-1)?.id)
}
