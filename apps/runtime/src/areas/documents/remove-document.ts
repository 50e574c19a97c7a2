import { forgetNames, namesOf } from '../paths/names.ts'
import type { Edit } from './edit.ts'
import { insertBatch } from './store/batches.ts'
import { countChunks, type DocumentRow } from './store/documents.ts'
import { deleteTypesOf, listTypesAt, type TypeRow } from './store/types.ts'

/** What is kept of a document; its chunks and edges went with the batch. */
export interface RemovedDocument {
  document: DocumentRow
  paths: string[]
  types: TypeRow[]
  batch: number
}

/** Says that a document is gone, with its chunks, types and names; says how many chunks that were. */
export async function removeDocument(edit: Edit, document: DocumentRow, op: string): Promise<number> {
  const { tx, place, placeId } = edit
  const resource = { kind: 'document', ref: { document_id: document.id } } as const
  const paths = await namesOf(tx, place, resource)
  const types = await listTypesAt(tx, placeId, document.id)
  const count = await countChunks(tx, document.id)
  const batch = await insertBatch(tx, placeId, { documentId: document.id, state: 'going' })
  edit.leave()
  await deleteTypesOf(tx, placeId, document.id)
  await forgetNames(tx, place, resource)
  edit.record({
    op,
    document_id: document.id,
    chunk_id: '',
    revision: 0,
    detail: { title: document.title, count },
    before: { document, paths, types, batch } satisfies RemovedDocument,
  })
  return count
}
