import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { getChunk } from '../../find.ts'
import { revisionsOf } from '../../history/versions.ts'
import { look } from '../../look.ts'

export function history(deps: DocumentDeps): DocumentOp<'history'> {
  return async (caller, { scope, id, limit = 100 }) => {
    const within = await look(deps, caller, scope)
    const chunk = await getChunk(within, id)
    return { chunk_id: id, revisions: await revisionsOf(within, chunk, limit) }
  }
}
