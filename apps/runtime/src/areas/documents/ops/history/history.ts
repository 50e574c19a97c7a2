import { afterCursor, type Listing, toPage } from '../../../../ground/cursor.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { getChunk } from '../../find.ts'
import { revisionsOf, toRevision } from '../../history/versions.ts'
import { look } from '../../look.ts'

export function history(deps: DocumentDeps): DocumentOp<'history'> {
  return async (caller, { scope, id, limit = 100, cursor }) => {
    const within = await look(deps, caller, scope)
    const chunk = await getChunk(within, id)
    const listing: Listing = ['revisions', { ...within.place, id }]
    const before = afterCursor(cursor, listing, 1)?.map(Number)[0]
    const found = await revisionsOf(within, chunk, { before, limit: limit + 1 })
    const { rows, next } = toPage(found, limit, listing, ({ seq }) => [seq])
    return { chunk_id: id, revisions: rows.map(toRevision), ...next }
  }
}
