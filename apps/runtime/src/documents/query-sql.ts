import type { Place } from '../paths/place.ts'
import type { SqlView } from '../sql-sandbox/messages.ts'
import { ToolError } from '../tools/tool.ts'
import type { DocumentDeps } from './deps.ts'
import { parseFieldSpecs } from './field-kinds.ts'
import { findPlace } from './store/places.ts'
import { listTypes } from './store/types.ts'
import { documentViews } from './views.ts'

const limits = { timeoutMs: 5000, maxRows: 10_000, maxBytes: 4 * 1024 * 1024 }

/** Runs a SELECT over the documents of one place, in a process of its own that sees nothing else. */
export async function querySql({ db, sql }: DocumentDeps, place: Place, statement: string, args: readonly unknown[]) {
  if (!sql) throw new ToolError('SQL is not open here')
  const { id } = await findPlace(db.read, place)
  const types = await listTypes(db.read, id)
  const fields = types.flatMap((type) => parseFieldSpecs(JSON.parse(type.fields)).map(({ name }) => name))
  const views: SqlView[] = documentViews(id, fields)
  const owner = JSON.stringify([place.tenantId, place.scope, place.scopeId])
  return sql.sandbox.query({ file: sql.file, views, owner }, { statement, args, limits })
}
