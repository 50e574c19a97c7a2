import { requireMayRemove } from '../board/follow-team.ts'
import type { Edit } from '../edit.ts'
import { insertBatch, markChunks, setBatchState } from '../store/batches.ts'
import { deleteChunks, listSubtree, listSubtreeNumbers } from '../store/chunks.ts'
import { countEdgesAt, type Edge, listEdgesOf, listLinksTo, relink } from '../store/edges.ts'
import { unindexChunks } from '../store/search.ts'
import { deleteEmptyShelves } from '../store/siblings.ts'
import type { StoredChunk } from './chunk.ts'
import { fewChunks, isAsMarked, type MarkedBranch } from './mark-branch.ts'

/** What a removal takes away, enough to bring it back. */
export interface Removed {
  /** Parents before their children, siblings in order. */
  chunks: StoredChunk[]
  edges: Edge[]
}

/** The same where it is much: what went with a batch is kept apart. */
export interface RemovedBatch {
  batch: number
  parent_id: string
  position: number
}

/** So many links and edges are removed in one step. */
const fewEdges = 1000

/** Removes a chunk and everything under it; says how many that were. */
export async function removeSubtree(
  edit: Edit,
  chunk: StoredChunk,
  op: string,
  marked?: MarkedBranch,
): Promise<number> {
  const { document_id, id, revision, title, parent_id, position } = chunk
  await requireMayRemove(edit, chunk)
  const some = await listSubtreeNumbers(edit.tx, chunk, fewChunks + 1)
  let before: Removed | RemovedBatch
  let count: number
  if (some.length <= fewChunks && (await countEdgesAt(edit.tx, some, fewEdges + 1)) <= fewEdges) {
    before = await removeChunks(edit, await listSubtree(edit.tx, chunk))
    await deleteEmptyShelves(edit.tx, chunk, chunk.shelf)
    count = before.chunks.length
  } else {
    const { batch, size } = marked && (await isAsMarked(edit.tx, chunk, marked)) ? marked : await mark(edit, chunk)
    await setBatchState(edit.tx, batch, 'going')
    edit.leave()
    before = { batch, parent_id, position }
    count = size
  }
  edit.record({ op, document_id, chunk_id: id, revision, detail: { title, parent_id, count }, before })
  return count
}

/** Where somebody has changed something since the branch was marked, or nobody has marked it. */
async function mark({ tx, placeId }: Edit, chunk: StoredChunk) {
  const numbers = await listSubtreeNumbers(tx, chunk)
  const batch = await insertBatch(tx, placeId, { documentId: null, state: 'marking' })
  await markChunks(tx, batch, numbers)
  return { batch, size: numbers.length }
}

/** With all that hangs on them; `chunks` are a whole subtree. */
async function removeChunks(edit: Edit, chunks: readonly StoredChunk[]): Promise<Removed> {
  const { tx } = edit
  const ids = chunks.map(({ id }) => id)
  const edges = (await listEdgesOf(tx, ids)).filter((edge) => edge.auto === 0)
  const leading = await listLinksTo(tx, ids, fewEdges + 1)
  await unindexChunks(tx, chunks)
  await deleteChunks(tx, ids)
  // Something else may have the same title.
  await relink(tx, leading, edit.now)
  return { chunks: [...chunks], edges }
}
