import type { StoredChunk } from './chunk.ts'
import type { Edit } from './edit.ts'
import { deleteChunks, listSubtree } from './store/chunks.ts'
import { type Edge, listEdgesOf, listLinkingTo, resolveLinks } from './store/edges.ts'
import { unindexChunks } from './store/search.ts'
import { deleteEmptyShelves } from './store/siblings.ts'

/** What a removal takes away, enough to bring it back. */
export interface Removed {
  /** Parents before their children, siblings in order. */
  chunks: StoredChunk[]
  edges: Edge[]
}

/** Removes a chunk and everything under it. */
export async function removeSubtree(edit: Edit, chunk: StoredChunk, op: string): Promise<Removed> {
  const removed = await removeChunks(edit, await listSubtree(edit.tx, chunk))
  await deleteEmptyShelves(edit.tx, chunk, chunk.shelf)
  edit.record({
    op,
    document_id: chunk.document_id,
    chunk_id: chunk.id,
    revision: chunk.revision,
    detail: { title: chunk.title, parent_id: chunk.parent_id, count: removed.chunks.length },
    before: removed,
  })
  return removed
}

/** With all that hangs on them; `chunks` are whole subtrees. */
export async function removeChunks({ tx, now }: Edit, chunks: readonly StoredChunk[]): Promise<Removed> {
  const ids = chunks.map(({ id }) => id)
  const edges = (await listEdgesOf(tx, ids)).filter((edge) => edge.auto === 0)
  const linking = await listLinkingTo(tx, ids)
  await unindexChunks(tx, chunks)
  await deleteChunks(tx, ids)
  // Something else may have the same title.
  await resolveLinks(tx, linking, now)
  return { chunks: [...chunks], edges }
}
