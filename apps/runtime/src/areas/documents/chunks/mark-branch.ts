import { asOneOfMany, inSlices, nextSlice } from '../../../ground/in-slices.ts'
import type { DocumentDeps } from '../deps.ts'
import { deleteMarks, insertBatch, markChunks } from '../store/batches.ts'
import { lastChange } from '../store/changes.ts'
import { type Leaf, listOutline, listSubtreeNumbers } from '../store/chunks.ts'
import type { StoredChunk } from './chunk.ts'
import { fewChunks } from './remove-chunks.ts'

/** A branch whose chunks name a batch already; they are still there. */
export interface MarkedBranch {
  batch: number
  size: number
  /** The latest change of the document that the marks know of. */
  asOf: number
}

const pageSize = 1000

/** Gets a branch ready to be removed at once, a little at a time; undefined where it is small enough without. */
export async function markBranch(
  { db }: Pick<DocumentDeps, 'db'>,
  placeId: number,
  chunk: StoredChunk,
): Promise<MarkedBranch | undefined> {
  if ((await listSubtreeNumbers(db.read, chunk, fewChunks + 1)).length <= fewChunks) return undefined
  const asOf = await lastChange(db.read, chunk.document_id)
  const numbers = await branchNumbers(db, chunk)
  const batch = await db.transaction((tx) => insertBatch(tx, placeId, { documentId: null, state: 'marking' }))
  for (let from = 0; from < numbers.length; from += pageSize) {
    await asOneOfMany(() => db.transaction((tx) => markChunks(tx, batch, numbers.slice(from, from + pageSize))))
  }
  return { batch, size: numbers.length, asOf }
}

/** For a branch that was not removed after all, or not by its marks. */
export async function unmarkBranch({ db }: Pick<DocumentDeps, 'db'>, { batch }: MarkedBranch): Promise<void> {
  await db.transaction((tx) => deleteMarks(tx, batch))
}

async function branchNumbers({ read }: DocumentDeps['db'], chunk: StoredChunk): Promise<number[]> {
  const children = new Map<string, Leaf[]>()
  for (let last: Leaf | undefined; ; ) {
    await nextSlice()
    const page = await listOutline(read, chunk.document_id, last, pageSize)
    for (const leaf of page) {
      const siblings = children.get(leaf.parent_id)
      if (siblings) siblings.push(leaf)
      else children.set(leaf.parent_id, [leaf])
    }
    last = page.at(-1)
    if (page.length < pageSize) break
  }
  return inSlices(numbersUnder(chunk, children))
}

function* numbersUnder(top: Pick<Leaf, 'n' | 'id'>, children: ReadonlyMap<string, Leaf[]>) {
  const branch = [top]
  for (const { id } of branch) {
    yield
    for (const child of children.get(id) ?? []) branch.push(child)
  }
  return branch.map(({ n }) => n)
}
