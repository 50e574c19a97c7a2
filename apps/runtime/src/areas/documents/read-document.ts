import { nextSlice } from '../../ground/in-slices.ts'
import type { StoredChunk } from './chunks/chunk.ts'
import { getDocument, type Within } from './find.ts'
import { lastChange } from './store/changes.ts'
import { listDocumentChunks } from './store/chunks.ts'
import { type Edge, listDrawnEdges } from './store/edges.ts'

export interface ReadDocument {
  /** Siblings together and in order. */
  chunks: StoredChunk[]
  /** Drawn between two of them. */
  edges: Edge[]
}

const pageSize = 200
const patience = 5

/**
 * A whole document as it was at one moment, though it is read a page at a time: what changes meanwhile is read again.
 * Throws where it is deleted meanwhile.
 */
export async function readDocument(within: Within, documentId: string): Promise<ReadDocument> {
  const { tx } = within
  for (let tries = 1; ; tries++) {
    const asOf = await lastChange(tx, documentId)
    const isLate = tries === patience
    // Somebody who never stops writing is read past in one go.
    const letOthers = isLate ? async () => {} : nextSlice
    const document = await readInPages(tx, documentId, letOthers)
    await getDocument(within, documentId)
    if (isLate || (await lastChange(tx, documentId)) === asOf) return document
  }
}

async function readInPages(
  tx: Within['tx'],
  documentId: string,
  letOthers: () => Promise<void>,
): Promise<ReadDocument> {
  const chunks: StoredChunk[] = []
  const drawn: Edge[] = []
  for (let page: StoredChunk[] = []; page.length === pageSize || chunks.length === 0; ) {
    await letOthers()
    page = await listDocumentChunks(tx, documentId, chunks.at(-1), pageSize)
    chunks.push(...page)
    if (page.length === 0) break
  }
  const ids = new Set(chunks.map(({ id }) => id))
  for (let from = 0; from < chunks.length; from += pageSize) {
    const some = chunks.slice(from, from + pageSize).map(({ id }) => id)
    for (let edges: Edge[] = [], last: Edge | undefined; last === undefined || edges.length === pageSize; ) {
      await letOthers()
      edges = await listDrawnEdges(tx, some, last, pageSize)
      drawn.push(...edges)
      last = edges.at(-1)
      if (!last) break
    }
  }
  const edges = drawn.filter(({ to_id }) => ids.has(to_id))
  return {
    chunks,
    edges: edges.sort((a, b) => compare(a.from_id, b.from_id) || compare(a.to_id, b.to_id) || compare(a.kind, b.kind)),
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
