import { nameResource } from '../../../paths/names.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getDocument } from '../../find.ts'

export function setPath(deps: DocumentDeps): DocumentOp<'set_path'> {
  return (caller, { scope, id, path: text }) =>
    edit(deps, caller, scope, async (current) => {
      const { tx, place, now, record } = current
      const document = await getDocument(current, id)
      const path = await nameResource(tx, place, text, { kind: 'document', ref: { document_id: id } }, now)
      record({
        op: 'set_path',
        document_id: id,
        chunk_id: '',
        revision: 0,
        detail: { title: document.title },
        before: undefined,
      })
      return { document_id: id, path }
    })
}
