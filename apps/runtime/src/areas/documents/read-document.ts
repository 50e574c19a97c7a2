import { inSlices, nextSlice } from '../../ground/in-slices.ts'
import { sorted } from '../../ground/lists-in-slices.ts'
import type { StoredChunk } from './chunks/chunk.ts'
import type { DocumentDeps } from './deps.ts'
import { getDocument, type Within } from './find.ts'
import { listDocumentChunks } from './store/chunks.ts'
import { type Edge, listDrawnEdges } from './store/edges.ts'

export interface ReadDocument {
  /** Siblings together and in order. */
  chunks: StoredChunk[]
  /** Drawn between two of them. */
  edges: Edge[]
}

const pageSize = 200

/** A whole document as it was at one moment, though it is read a page at a time. Throws where there is none. */
export function readDocument(
  { db }: Pick<DocumentDeps, 'db'>,
  within: Within,
  documentId: string,
): Promise<ReadDocument> {
  return db.atOneMoment(async (then) => {
    await getDocument({ ...within, tx: then }, documentId)
    const chunks = await listAllChunks(then, documentId)
    const ids = new Set(chunks.map(({ id }) => id))
    const edges = (await listAllEdges(then, chunks)).filter(({ to_id }) => ids.has(to_id))
    const compared = (a: Edge, b: Edge) =>
      compare(a.from_id, b.from_id) || compare(a.to_id, b.to_id) || compare(a.kind, b.kind)
    return { chunks, edges: await inSlices(sorted(edges, compared)) }
  })
}

async function listAllChunks(db: Within['tx'], documentId: string): Promise<StoredChunk[]> {
  const chunks: StoredChunk[] = []
  for (;;) {
    const page = await listDocumentChunks(db, documentId, chunks.at(-1), pageSize)
    chunks.push(...page)
    if (page.length < pageSize) return chunks
    await nextSlice()
  }
}

async function listAllEdges(db: Within['tx'], chunks: readonly StoredChunk[]): Promise<Edge[]> {
  const drawn: Edge[] = []
  for (let from = 0; from < chunks.length; from += pageSize) {
    const some = chunks.slice(from, from + pageSize).map(({ id }) => id)
    for (let last: Edge | undefined; ; ) {
      await nextSlice()
      const page: Edge[] = await listDrawnEdges(db, some, last, pageSize)
      drawn.push(...page)
      last = page.at(-1)
      if (page.length < pageSize) break
    }
  }
  return drawn
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
