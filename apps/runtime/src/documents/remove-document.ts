import { forgetNames, namesOf } from '../paths/names.ts'
import type { Edit } from './edit.ts'
import { type Removed, removeChunks } from './remove-chunks.ts'
import { listSubtree, listTopChunks } from './store/chunks.ts'
import { type DocumentRow, deleteDocumentRow } from './store/documents.ts'
import { listTypes, type TypeRow } from './store/types.ts'

export interface RemovedDocument extends Removed {
  document: DocumentRow
  paths: string[]
  types: TypeRow[]
}

/** Removes a document with its chunks, types and names. */
export async function removeDocument(edit: Edit, document: DocumentRow, op: string): Promise<RemovedDocument> {
  const { tx, place, placeId } = edit
  const resource = { kind: 'document', ref: { document_id: document.id } } as const
  const paths = await namesOf(tx, place, resource)
  const types = (await listTypes(tx, placeId, document.id)).filter((type) => type.document_id === document.id)
  const subtrees = []
  for (const top of await listTopChunks(tx, document.id)) subtrees.push(...(await listSubtree(tx, top)))
  const removed = { document, paths, types, ...(await removeChunks(edit, subtrees)) }
  await deleteDocumentRow(tx, document.id)
  await forgetNames(tx, place, resource)
  edit.record({
    op,
    document_id: document.id,
    chunk_id: '',
    revision: 0,
    detail: { title: document.title, count: removed.chunks.length },
    before: removed,
  })
  return removed
}
