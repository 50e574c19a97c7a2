import { readFieldSpecs } from '../../chunks/field-kinds.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getDocument } from '../../find.ts'
import { findTypeAt, putType } from '../../store/types.ts'

export function defineType(deps: DocumentDeps): DocumentOp<'define_type'> {
  return (caller, { scope, name, document_id = '', fields = [] }) =>
    edit(deps, caller, scope, async (current) => {
      const { tx, placeId, now, record } = current
      if (document_id !== '') await getDocument(current, document_id)
      const { unchecked } = readFieldSpecs(fields)
      const before = await findTypeAt(tx, placeId, document_id, name)
      await putType(tx, placeId, { name, document_id, fields: JSON.stringify(fields) }, now)
      record({
        op: 'define_type',
        document_id,
        chunk_id: '',
        revision: 0,
        detail: { title: name },
        before: { name, type: before },
      })
      return { ok: true, name, document_id, ...(unchecked.length > 0 ? { unchecked } : {}) }
    })
}
