import { mentionedBy } from '../../board/mentions.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getDocument } from '../../find.ts'
import { findChunkByNaturalKey } from '../../store/chunks.ts'
import { createIn, toldOf } from './create-chunk.ts'
import { updateIn } from './update-chunk.ts'

export function upsertChunk(deps: DocumentDeps): DocumentOp<'upsert_chunk'> {
  return async (caller, { scope, ...input }) => {
    const mentioned = await mentionedBy(deps, caller, input)
    return edit(deps, caller, scope, async (current) => {
      const { document_id, natural_key } = input
      await getDocument(current, document_id)
      const existing = await findChunkByNaturalKey(current.tx, document_id, natural_key)
      const { chunk, notStarted } = existing
        ? await updateIn(current, 'upsert_chunk', existing, input, mentioned)
        : await createIn(current, 'upsert_chunk', input, mentioned)
      return { id: chunk.id, natural_key, created: !existing, revision: chunk.revision, ...toldOf(notStarted) }
    })
  }
}
