import { changedIds } from './changed-ids.ts'
import { type OutlineChunk, type OutlineRow, toOutline, toOutlineRows } from './outline.ts'

interface OutlineInput {
  chunks: ReadonlyMap<string, OutlineChunk>
  closed: ReadonlySet<string>
  found: ReadonlySet<string> | undefined
}

export interface OutlineLines {
  rows: readonly OutlineRow[]
  from: OutlineInput
}

/** The lines of an outline; after a change that moves none, those it does not touch are the same objects. */
export function outlineLines(input: OutlineInput, before?: OutlineLines): OutlineLines {
  const { chunks, closed, found } = input
  const isFoldedAlike = before?.from.closed === closed && before.from.found === found
  const rewritten = isFoldedAlike ? rewrittenIds(before.from.chunks, chunks) : undefined
  if (!before || !rewritten) return { rows: toOutlineRows(toOutline(chunks), closed, found), from: input }
  if (rewritten.size === 0) return { rows: before.rows, from: input }
  const rows = before.rows.map((row) => {
    const chunk = rewritten.has(row.id) && chunks.get(row.id)
    return chunk ? { ...row, chunk, label: chunk.title } : row
  })
  return { rows, from: input }
}

/** The chunks that say something else now, where each stands where it stood; undefined where one does not. */
export function rewrittenIds(
  before: ReadonlyMap<string, OutlineChunk>,
  now: ReadonlyMap<string, OutlineChunk>,
): ReadonlySet<string> | undefined {
  const changed = changedIds(before, now)
  const stands = changed?.every((id) => {
    const [was, is] = [before.get(id), now.get(id)]
    return was && is && was.parent_id === is.parent_id && was.position === is.position
  })
  return changed && stands ? new Set(changed) : undefined
}
