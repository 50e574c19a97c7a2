import { type FieldSpec, humanName } from '../../model/field-chips.ts'
import { kindOfValue } from '../../model/filter/filter-chunks.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import type { Key } from '../../writing/patch.ts'

export interface Column {
  key: Key
  title: string
  kind: 'title' | 'status' | 'type' | 'tags' | (string & {})
  options: readonly string[]
  /** In the words of `sort`; none where it has no order. */
  sort?: string
  /** In rem. */
  width: number
}

const widths: Record<string, number> = { number: 7, date: 9, checkbox: 6, select: 10, person: 9, url: 13 }
/** More of what nobody has declared is to be chosen by name. */
const mostUndeclared = 8

/** The columns of these chunks: what every chunk has, then the fields of their types; or those that `show` names. */
export function toColumns(
  chunks: Iterable<OutlineChunk>,
  specs: ReadonlyMap<string, readonly FieldSpec[]>,
  show: readonly string[] | undefined,
): Column[] {
  const fields = fieldColumns(chunks, specs)
  const shown = show ? show.flatMap((name) => fields.get(name) ?? []) : defaults(fields)
  return [
    { key: 'title', title: 'Title', kind: 'title', options: [], sort: 'title', width: 18 },
    { key: 'status', title: 'Status', kind: 'status', options: [], sort: 'status', width: 9 },
    { key: 'type', title: 'Type', kind: 'type', options: [], sort: 'type', width: 8 },
    ...shown.map(({ column }) => column),
    { key: 'tags', title: 'Tags', kind: 'tags', options: [], width: 13 },
  ]
}

interface FieldColumn {
  column: Column
  declared: boolean
}

/** Every field that there is, by its name: declared ones in their order, of the types that occur, then others by name. */
function fieldColumns(
  chunks: Iterable<OutlineChunk>,
  specs: ReadonlyMap<string, readonly FieldSpec[]>,
): ReadonlyMap<string, FieldColumn> {
  const types = new Set<string>()
  const values = new Map<string, unknown>()
  for (const { type, fields } of chunks) {
    if (type) types.add(type)
    for (const name in fields) if (!values.has(name)) values.set(name, fields[name])
  }
  const columns = new Map<string, FieldColumn>()
  for (const [type, fields] of specs) {
    if (!types.has(type)) continue
    for (const { name, kind, options } of fields) {
      const known = columns.get(name)?.column
      const all = [...new Set([...(known?.options ?? []), ...options])]
      columns.set(name, { column: toColumn(name, known?.kind ?? kind, all), declared: true })
    }
  }
  for (const name of [...values.keys()].sort()) {
    if (columns.has(name)) continue
    const value = values.get(name)
    const kind = typeof value === 'object' && value !== null ? 'shown' : kindOfValue(value)
    columns.set(name, { column: toColumn(name, kind, []), declared: false })
  }
  return columns
}

function toColumn(name: string, kind: string, options: readonly string[]): Column {
  const width = widths[kind] ?? 12
  return { key: `fields.${name}`, title: humanName(name), kind, options, sort: `field:${name}`, width }
}

function defaults(fields: ReadonlyMap<string, FieldColumn>): FieldColumn[] {
  const all = [...fields.values()]
  return [
    ...all.filter(({ declared }) => declared),
    ...all.filter(({ declared }) => !declared).slice(0, mostUndeclared),
  ]
}
