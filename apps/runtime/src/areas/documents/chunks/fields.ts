import { boardType, commentType } from '@loomcycle/proto'
import { inOneGo } from '../../../ground/in-slices.ts'
import { requireBoardSettings, requireCommentFields } from '../board/settings.ts'
import type { Within } from '../find.ts'
import { findType } from '../store/types.ts'
import type { Fields } from './chunk.ts'
import { checkFields, type FieldChecks, fieldChecks } from './field-kinds.ts'

/** How work is done that may be much: in slices, or in one go. */
export type Drive = <T>(work: Generator<unknown, T>) => T | Promise<T>

/** Refuses fields that the type declares otherwise, of one chunk or of many. */
export async function requireValidFields(
  { tx, placeId }: Within,
  documentId: string,
  type: string,
  all: ReadonlyArray<Fields | null>,
  drive: Drive = inOneGo,
): Promise<void> {
  if (type === '') return
  if (type === boardType) for (const fields of all) requireBoardSettings(fields)
  if (type === commentType) for (const fields of all) requireCommentFields(fields)
  const declared = await findType(tx, placeId, documentId, type)
  if (declared) await drive(checkAll(fieldChecks(type, JSON.parse(declared.fields)), all))
}

function* checkAll(checks: FieldChecks, all: ReadonlyArray<Fields | null>) {
  for (const fields of all) {
    yield
    checkFields(checks, fields ?? {})
  }
}
