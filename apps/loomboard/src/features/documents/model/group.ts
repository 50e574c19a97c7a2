import { inWords } from '../../../lib/json-text.ts'
import { type FieldSpec, humanName } from './field-chips.ts'
import type { OutlineChunk } from './outline.ts'

/** By what chunks are told apart: status, type or field:<name>. */
export type GroupBy = string

export interface Group {
  /** What its chunks have; '' for those that have nothing. */
  value: string
  title: string
  chunks: OutlineChunk[]
}

export interface GroupOptions {
  /** Values that have a group also where nothing is in it, in order. */
  known?: readonly string[]
  /** By type; the choices of a field are known values. */
  specs?: ReadonlyMap<string, readonly FieldSpec[]>
}

/**
 * Every chunk is in one group: known values in their order, then others by name, then those that have none, where there
 * are any. What is in a group stays in the order it came in.
 */
export function groupChunks(chunks: readonly OutlineChunk[], by: GroupBy, options: GroupOptions = {}): Group[] {
  const byValue = Map.groupBy(chunks, (chunk) => groupValue(chunk, by))
  const known = options.known ?? choicesOf(by, options.specs)
  const others = [...byValue.keys()]
    .filter((value) => value !== '' && !known.includes(value))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const none = byValue.has('') && !known.includes('') ? [''] : []
  return [...known, ...others, ...none].map((value) => ({
    value,
    title: value || `No ${groupName(by)}`,
    chunks: byValue.get(value) ?? [],
  }))
}

/** Which group a chunk is in. */
export function groupValue(chunk: OutlineChunk, by: GroupBy): string {
  if (by === 'status') return chunk.status ?? ''
  if (by === 'type') return chunk.type ?? ''
  const value = chunk.fields?.[by.replace(/^field:/, '')]
  return value === undefined || value === null || value === '' ? '' : inWords(value)
}

export function groupName(by: GroupBy): string {
  return humanName(by.replace(/^field:/, ''))
}

/** The options of a field, of whichever types declare it. */
function choicesOf(by: GroupBy, specs: GroupOptions['specs']): string[] {
  const name = by.startsWith('field:') ? by.slice('field:'.length) : undefined
  if (name === undefined) return []
  const all = [...(specs?.values() ?? [])].flatMap((fields) => fields.filter((spec) => spec.name === name))
  return [...new Set(all.flatMap(({ kind, options }) => (kind === 'select' ? options : [])))]
}

/** What a document can be grouped by: its status, its types, and fields that are choices or people. */
export function groupings(specs: ReadonlyMap<string, readonly FieldSpec[]>): GroupBy[] {
  const fields = [...specs.values()].flat().filter(({ kind }) => kind === 'select' || kind === 'person')
  return ['status', 'type', ...new Set(fields.map(({ name }) => `field:${name}`))]
}
