import type { DefinitionRow } from '../../engine/definitions/store.ts'
import { parseJson } from '../../ground/json.ts'

export interface VersionMarks {
  promoted?: boolean
  deduplicated?: boolean
}

/** A version as it goes over the wire. */
export function toRow<D extends object>(row: DefinitionRow, marks: VersionMarks = {}) {
  return {
    def_id: row.id,
    name: row.name,
    version: row.version,
    ...(row.parent_id === null ? {} : { parent_def_id: row.parent_id }),
    ...(row.description === '' ? {} : { description: row.description }),
    created_at: new Date(row.created_at).toISOString(),
    created_by_agent_id: row.created_by_agent_id,
    retired: row.retired === 1,
    bootstrapped_from_static: row.bootstrapped === 1,
    content_sha256: row.content_sha256,
    definition: definitionOf<D>(row),
    ...marks,
  }
}

export function definitionOf<D extends object>({ definition }: DefinitionRow): D {
  return parseJson(definition) as D
}
