import { keyOfPlace, type Place } from '../../../ground/identity/place.ts'
import type { RowsTarget } from '../../../ground/sql-sandbox/user-sql.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { fieldSpecsOf } from '../chunks/field-kinds.ts'
import type { DocumentDeps } from '../deps.ts'
import { findPlace } from '../store/places.ts'
import { rowsOfPlace } from '../store/rows-of-place.ts'
import { documentViews } from './views.ts'

const limits = { timeoutMs: 5000, maxRows: 10_000, maxBytes: 4 * 1024 * 1024 }

/** Runs a SELECT over the documents of one place, where there is nothing else to be seen. */
export async function querySql(
  { db, sql }: DocumentDeps,
  { place, person: owner }: { place: Place; person: string },
  statement: string,
  args: readonly unknown[],
) {
  if (!sql) throw new ToolError('SQL is not open here')
  const { id, headSeq, relinked } = await findPlace(db.read, place)
  const version = headSeq + relinked
  return sql.ask({ key: keyOfPlace(place), version, rows: rowsOfPlace(id), read, owner }, { statement, args, limits })
}

export const read: RowsTarget['read'] = ({ types, version }) => {
  return { version: (version as number | null) ?? 0, views: documentViews(fieldNames(types as string)) }
}

/** Read as far as somebody takes them. */
function* fieldNames(types: string): Generator<string> {
  for (const fields of JSON.parse(types) as string[]) {
    for (const { name } of fieldSpecsOf(JSON.parse(fields))) yield name
  }
}
