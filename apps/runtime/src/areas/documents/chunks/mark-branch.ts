import type { Kysely } from 'kysely'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { asOneOfMany, inSlices, nextSlice } from '../../../ground/in-slices.ts'
import type { DocumentDeps } from '../deps.ts'
import { countMarked, deleteMarks, insertBatch, markChunks } from '../store/batches.ts'
import { hasMovedSince, lastChange } from '../store/changes.ts'
import { type Leaf, listOutline, listSubtreeNumbers } from '../store/chunks.ts'
import type { StoredChunk } from './chunk.ts'

/** A branch whose chunks name a batch already; they are still there. */
export interface MarkedBranch {
  batch: number
  size: number
  /** The latest change of the document that the marks know of. */
  asOf: number
}

/** So many chunks are removed in one step; of more than that, the removal only says that they are gone. */
export const fewChunks = 200

const pageSize = 1000

/** So often what somebody else has changed meanwhile is got ready anew. */
const patience = 5

/** Gets a branch ready to be removed at once, a little at a time; undefined where it is small enough without. */
export async function markBranch(
  deps: Pick<DocumentDeps, 'db'>,
  placeId: number,
  chunk: StoredChunk,
): Promise<MarkedBranch | undefined> {
  const { read } = deps.db
  if ((await listSubtreeNumbers(read, chunk, fewChunks + 1)).length <= fewChunks) return undefined
  for (let tries = 1; ; tries++) {
    const marked = await markOnce(deps, placeId, chunk)
    if (tries === patience || (await isAsMarked(read, chunk, marked))) return marked
    await unmarkBranch(deps, marked)
  }
}

async function markOnce({ db }: Pick<DocumentDeps, 'db'>, placeId: number, chunk: StoredChunk): Promise<MarkedBranch> {
  const asOf = await lastChange(db.read, chunk.document_id)
  const numbers = await branchNumbers(db, chunk)
  const batch = await db.transaction((tx) => insertBatch(tx, placeId, { documentId: null, state: 'marking' }))
  for (let from = 0; from < numbers.length; from += pageSize) {
    await asOneOfMany(() => db.transaction((tx) => markChunks(tx, batch, numbers.slice(from, from + pageSize))))
  }
  return { batch, size: numbers.length, asOf }
}

/** Whether the marks are on what is under the chunk now. */
export async function isAsMarked(
  db: Kysely<Schema>,
  { document_id }: StoredChunk,
  { asOf, batch, size }: MarkedBranch,
): Promise<boolean> {
  return !(await hasMovedSince(db, document_id, asOf)) && (await countMarked(db, batch)) === size
}

/** For a branch that was not removed after all, or not by its marks. */
export async function unmarkBranch({ db }: Pick<DocumentDeps, 'db'>, { batch }: MarkedBranch): Promise<void> {
  await db.transaction((tx) => deleteMarks(tx, batch))
}

async function branchNumbers({ read }: Pick<DocumentDeps['db'], 'read'>, chunk: StoredChunk): Promise<number[]> {
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
