import { nextSlice } from '../../../ground/in-slices.ts'
import type { Caller } from '../../../tools/caller.ts'
import type { DocumentDeps } from '../deps.ts'
import type { Within } from '../find.ts'
import {
  type DocumentFilter,
  type FoundDocument,
  findDocumentIds,
  hasFewDocuments,
  isFollowingAnIndex,
  listDocuments,
} from '../store/documents.ts'

const pageSize = 200

/** All documents that a filter lets through, the last changed first, read a page at a time. */
export async function documentsOf(
  { db }: Pick<DocumentDeps, 'db'>,
  caller: Caller,
  { tx, placeId }: Within,
  filter: DocumentFilter,
): Promise<FoundDocument[]> {
  const isSoonAnswered = isFollowingAnIndex(filter) || (await hasFewDocuments(tx, placeId))
  const ids = await findDocumentIds(isSoonAnswered ? tx : db.aside(caller), placeId, filter)
  const documents: FoundDocument[] = []
  for (let from = 0; from < ids.length; from += pageSize) {
    await nextSlice()
    documents.push(...(await listDocuments(tx, placeId, ids.slice(from, from + pageSize))))
  }
  return documents
}
