import type { DocumentChange } from '@loomcycle/proto'
import type { StoredChange } from '../store/changes.ts'

/** As followers are told. */
export function toDocumentChange({
  seq,
  op,
  document_id,
  chunk_id,
  revision,
  actor,
  at,
  detail,
}: StoredChange): DocumentChange {
  return {
    type: 'change',
    seq,
    op,
    document_id,
    ...(chunk_id === '' ? {} : { chunk_id, revision }),
    actor,
    at: new Date(at).toISOString(),
    ...detail,
  }
}
