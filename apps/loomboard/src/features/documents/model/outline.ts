import type { wire } from '@loomcycle/client'
import type { TreeRow } from '../../../components/tree/tree-row.ts'

/** A chunk as the outline knows it: everything but its text. */
export type OutlineChunk = Omit<wire.ChunkSummary, 'body'>

export interface OutlineRow extends TreeRow {
  chunk: OutlineChunk
  /** Stands here for what is below it: it was not found itself. */
  context: boolean
}

export type Outline = ReadonlyMap<string, readonly OutlineChunk[]>

/** The chunks by the one they are under, in order; `''` is the top. One whose parent is not there is at the top too. */
export function toOutline(chunks: ReadonlyMap<string, OutlineChunk>): Outline {
  const outline = Map.groupBy(chunks.values(), ({ parent_id }) => (parent_id && chunks.has(parent_id) ? parent_id : ''))
  for (const siblings of outline.values()) siblings.sort((a, b) => a.position - b.position)
  return outline
}

/** The lines to be seen: all that is not in something closed, or what was found with what it is in. */
export function toOutlineRows(
  outline: Outline,
  closed: ReadonlySet<string>,
  found: ReadonlySet<string> | undefined,
): OutlineRow[] {
  const inSight = found && withAncestors(outline, found)
  const rows: OutlineRow[] = []
  const add = (parentId: string, level: number) => {
    const siblings = (outline.get(parentId) ?? []).filter(({ id }) => !inSight || inSight.has(id))
    for (const [i, chunk] of siblings.entries()) {
      const children = outline.get(chunk.id) ?? []
      const hasChildren = inSight ? children.some(({ id }) => inSight.has(id)) : children.length > 0
      const expanded = hasChildren && !closed.has(chunk.id)
      rows.push({
        id: chunk.id,
        label: chunk.title,
        level,
        ...(hasChildren ? { expanded } : {}),
        ...(parentId ? { parentId } : {}),
        place: i + 1,
        count: siblings.length,
        chunk,
        context: found !== undefined && !found.has(chunk.id),
      })
      if (expanded) add(chunk.id, level + 1)
    }
  }
  add('', 1)
  return rows
}

function withAncestors(outline: Outline, found: ReadonlySet<string>): ReadonlySet<string> {
  const inSight = new Set<string>()
  const look = (parentId: string): boolean => {
    let any = false
    for (const { id } of outline.get(parentId) ?? []) {
      if (!look(id) && !found.has(id)) continue
      inSight.add(id)
      any = true
    }
    return any
  }
  look('')
  return inSight
}

/** From the top down to the one that this chunk is in. */
export function ancestorsOf(chunks: ReadonlyMap<string, OutlineChunk>, id: string): OutlineChunk[] {
  const ancestors: OutlineChunk[] = []
  const seen = new Set([id])
  let parent = chunks.get(chunks.get(id)?.parent_id ?? '')
  while (parent && !seen.has(parent.id)) {
    seen.add(parent.id)
    ancestors.unshift(parent)
    parent = chunks.get(parent.parent_id ?? '')
  }
  return ancestors
}

export interface Count {
  value: string
  count: number
}

/** How many chunks have which value, the commonest first; those without one are not counted. */
export function countBy(
  chunks: ReadonlyMap<string, OutlineChunk>,
  valuesOf: (chunk: OutlineChunk) => readonly string[],
): Count[] {
  const counts = new Map<string, number>()
  for (const chunk of chunks.values()) {
    for (const value of valuesOf(chunk)) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
}
