import { type FieldSpec, humanName } from './field-chips.ts'

/** By what chunks are told apart: status, type or field:<name>. */
export type GroupBy = string

export function groupName(by: GroupBy): string {
  return humanName(by.replace(/^field:/, ''))
}

/** What a document can be grouped by: its status, its types, and fields that are choices or people. */
export function groupings(specs: ReadonlyMap<string, readonly FieldSpec[]>): GroupBy[] {
  const fields = [...specs.values()].flat().filter(({ kind }) => kind === 'select' || kind === 'person')
  return ['status', 'type', ...new Set(fields.map(({ name }) => `field:${name}`))]
}
