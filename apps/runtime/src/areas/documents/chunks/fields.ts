import type { Within } from '../find.ts'
import { findType } from '../store/types.ts'
import type { Fields } from './chunk.ts'
import { checkFields, fieldSpecsOf } from './field-kinds.ts'

/** Refuses fields that the type declares otherwise, of one chunk or of many. */
export async function requireValidFields(
  { tx, placeId }: Within,
  documentId: string,
  type: string,
  all: ReadonlyArray<Fields | null>,
): Promise<void> {
  if (type === '') return
  const declared = await findType(tx, placeId, documentId, type)
  if (!declared) return
  const specs = fieldSpecsOf(JSON.parse(declared.fields))
  for (const fields of all) checkFields(type, specs, fields ?? {})
}
