import { afterCursor, type Listing, toPage } from '../../../../ground/cursor.ts'
import { inSlices } from '../../../../ground/in-slices.ts'
import { parseJson } from '../../../../ground/json.ts'
import { mapped } from '../../../../ground/lists-in-slices.ts'
import { fieldSpecsOf } from '../../chunks/field-kinds.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { look } from '../../look.ts'
import { listTypes as list, listTypeKeys, type TypeKey, type TypeRow } from '../../store/types.ts'

const usualLimit = 1000
/** Of what is declared, in one page; a type that is longer is a page by itself. */
const mostBytes = 1024 * 1024

export function listTypes(deps: DocumentDeps): DocumentOp<'list_types'> {
  return async (caller, { scope, document_id, limit = usualLimit, cursor }) => {
    const { tx, place, placeId } = await look(deps, caller, scope)
    const listing: Listing = ['types', { ...place, document_id }]
    const key = afterCursor(cursor, listing, 2)?.map(String)
    const after = key && { name: key[0]!, document_id: key[1]! }
    const found = await listTypeKeys(tx, placeId, document_id, { after, limit: limit + 1 })
    const keyOf = ({ name, document_id }: TypeKey) => [name, document_id]
    const { rows: keys, next } = toPage(found, Math.min(limit, fitting(found)), listing, keyOf)
    const types = await list(tx, placeId, keys)
    return { types: await inSlices(mapped(types, read, 1)), ...next }
  }
}

/** How many of them are not too much together, and one in any case. */
function fitting(found: ReadonlyArray<{ bytes: number }>): number {
  let bytes = 0
  const tooMany = found.findIndex((type, i) => (bytes += type.bytes) > mostBytes && i > 0)
  return tooMany < 0 ? found.length : tooMany
}

function read(type: TypeRow) {
  const fields = parseJson(type.fields)
  return { ...type, fields, field_specs: fieldSpecsOf(fields) }
}
