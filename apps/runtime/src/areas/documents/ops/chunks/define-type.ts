import { requireBoundedType, requireRoomForType } from '../../bounds.ts'
import { readFieldSpecs } from '../../chunks/field-kinds.ts'
import { declareType } from '../../declare-type.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getDocument } from '../../find.ts'
import { countTypesAt, findTypeAt } from '../../store/types.ts'

export function defineType(deps: DocumentDeps): DocumentOp<'define_type'> {
  return async (caller, { scope, name, document_id = '', fields = [] }) => {
    const type = { name, document_id, fields: JSON.stringify(fields) }
    requireBoundedType(type.fields)
    const declared = readFieldSpecs(fields)
    requireBoundedType(type.fields, declared)
    const { unchecked } = declared
    return edit(deps, caller, scope, async (current) => {
      const { tx, placeId, record } = current
      if (document_id !== '') await getDocument(current, document_id)
      const before = await findTypeAt(tx, placeId, document_id, name)
      if (!before) requireRoomForType(await countTypesAt(tx, placeId, document_id))
      await declareType(current, type, before)
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
}
