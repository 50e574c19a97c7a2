import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getChunk } from '../../find.ts'
import { findEdge, insertEdges } from '../../store/edges.ts'

export function linkChunks(deps: DocumentDeps): DocumentOp<'link_chunks'> {
  return (caller, { scope, from_id, to_id, kind }) =>
    edit(deps, caller, scope, async (current) => {
      const { tx, placeId, now, record } = current
      const from = await getChunk(current, from_id)
      const to = await getChunk(current, to_id)
      const existing = await findEdge(tx, from_id, to_id, kind)
      if (existing?.auto !== 0) {
        await insertEdges(tx, placeId, [{ from_id, to_id, kind, auto: 0 }], now)
        record({
          op: 'link_chunks',
          document_id: from.document_id,
          chunk_id: from_id,
          revision: from.revision,
          detail: { title: from.title, kind, to_id: to.id },
          before: { kind, to_id },
        })
      }
      return { ok: true, from_id, to_id, kind }
    })
}
