import { isAside } from '../../model/cards.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { toOutline } from '../../model/outline.ts'

/** A chunk as it is read in one scroll: its title is a heading of its depth. */
export interface PageRow {
  chunk: OutlineChunk
  /** From 1, the document itself, to 6. */
  level: number
}

/** A document from its first line to its last. */
export function toPageRows(
  chunks: ReadonlyMap<string, OutlineChunk>,
  rootId: string,
  found: ReadonlySet<string> | undefined,
): PageRow[] {
  const outline = toOutline(chunks)
  const rows: PageRow[] = []
  const add = (parentId: string, depth: number) => {
    for (const chunk of outline.get(parentId) ?? []) {
      // What is beside the root is as deep as what is in it.
      const own = chunk.id === rootId ? 1 : Math.max(2, depth)
      const isShown = !found || found.has(chunk.id)
      if (isShown && (chunk.id === rootId || !isAside(chunk, rootId))) rows.push({ chunk, level: Math.min(own, 6) })
      add(chunk.id, own + 1)
    }
  }
  add('', 1)
  return rows
}

/** So many chunks are read with one question. */
const batchSize = 40

/** The rows in the batches in which their texts are read, and for each chunk its batch. */
export function toBatches(rows: readonly PageRow[]): ReadonlyMap<string, readonly OutlineChunk[]> {
  const batches = new Map<string, readonly OutlineChunk[]>()
  for (let from = 0; from < rows.length; from += batchSize) {
    const batch = rows.slice(from, from + batchSize).map(({ chunk }) => chunk)
    for (const { id } of batch) batches.set(id, batch)
  }
  return batches
}
