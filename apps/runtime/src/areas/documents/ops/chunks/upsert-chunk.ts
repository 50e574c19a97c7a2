import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getDocument } from '../../find.ts'
import { findChunkByNaturalKey } from '../../store/chunks.ts'
import { createIn } from './create-chunk.ts'
import { updateIn } from './update-chunk.ts'

export function upsertChunk(deps: DocumentDeps): DocumentOp<'upsert_chunk'> {
  return (caller, { scope, ...input }) =>
    edit(deps, caller, scope, async (current) => {
      const { document_id, natural_key } = input
      await getDocument(current, document_id)
      const existing = await findChunkByNaturalKey(current.tx, document_id, natural_key)
      const chunk = existing
        ? await updateIn(current, 'upsert_chunk', existing, input)
        : await createIn(current, 'upsert_chunk', input)
      return { id: chunk.id, natural_key, created: !existing, revision: chunk.revision }
    })
}
