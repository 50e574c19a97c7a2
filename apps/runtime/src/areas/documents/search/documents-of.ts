import { nextSlice } from '../../../ground/in-slices.ts'
import type { Caller } from '../../../tools/caller.ts'
import type { DocumentDeps } from '../deps.ts'
import type { Within } from '../find.ts'
import {
  type DocumentFilter,
  type DocumentKey,
  type FoundDocument,
  findDocuments,
  hasFewDocuments,
  isFollowingAnIndex,
  listDocuments,
} from '../store/documents.ts'

const pageSize = 200

/** All documents that a filter lets through, the last changed first. */
export async function documentsOf(
  { db }: Pick<DocumentDeps, 'db'>,
  caller: Caller,
  { tx, placeId }: Within,
  filter: DocumentFilter,
): Promise<DocumentKey[]> {
  const isSoonAnswered = isFollowingAnIndex(filter) || (await hasFewDocuments(tx, placeId))
  return findDocuments(isSoonAnswered ? tx : db.aside(caller), placeId, filter)
}

/** Reads what was found, a page at a time, as far as it is still there. */
export async function readDocuments({ tx, placeId }: Within, found: readonly DocumentKey[]): Promise<FoundDocument[]> {
  const documents: FoundDocument[] = []
  for (let from = 0; from < found.length; from += pageSize) {
    await nextSlice()
    const ids = found.slice(from, from + pageSize).map(({ id }) => id)
    documents.push(...(await listDocuments(tx, placeId, ids)))
  }
  return documents
}
