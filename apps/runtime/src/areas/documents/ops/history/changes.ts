import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { toDocumentChange } from '../../history/document-change.ts'
import { look } from '../../look.ts'
import { listChanges } from '../../store/changes.ts'

export function changes(deps: DocumentDeps): DocumentOp<'changes'> {
  return async (caller, { scope, since = 0, document_id, id, run_id, limit = 100 }) => {
    const { tx, place, headSeq } = await look(deps, caller, scope)
    const filter = { after: since, documentId: document_id, chunkId: id, runId: run_id, limit: limit + 1 }
    const found = await listChanges(tx, place, filter)
    return {
      changes: found.slice(0, limit).map(toDocumentChange),
      head: headSeq,
      truncated: found.length > limit,
    }
  }
}
