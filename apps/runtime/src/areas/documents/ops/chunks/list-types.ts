import { inSlices } from '../../../../ground/in-slices.ts'
import { parseJson } from '../../../../ground/json.ts'
import { mapped } from '../../../../ground/lists-in-slices.ts'
import { fieldSpecsOf } from '../../chunks/field-kinds.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { look } from '../../look.ts'
import { listTypes as list } from '../../store/types.ts'

export function listTypes(deps: DocumentDeps): DocumentOp<'list_types'> {
  return async (caller, { scope, document_id }) => {
    const { tx, placeId } = await look(deps, caller, scope)
    const types = await list(tx, placeId, document_id)
    const read = (type: (typeof types)[number]) => {
      const fields = parseJson(type.fields)
      return { ...type, fields, field_specs: fieldSpecsOf(fields) }
    }
    return { types: await inSlices(mapped(types, read, 1)) }
  }
}
