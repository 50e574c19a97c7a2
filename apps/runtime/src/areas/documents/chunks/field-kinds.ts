import { fieldKinds } from '@loomcycle/proto'
import { ToolError } from '../../../ground/tool-error.ts'
import type { Fields } from './chunk.ts'

export type FieldKind = (typeof fieldKinds)[number]

export interface FieldSpec {
  name: string
  kind: FieldKind
  options?: string[]
  required: boolean
}

/** Other words for the kinds. */
const aliases: Record<string, FieldKind> = {
  string: 'text',
  markdown: 'text',
  integer: 'number',
  int: 'number',
  float: 'number',
  datetime: 'date',
  enum: 'select',
  user: 'person',
  link: 'url',
  boolean: 'checkbox',
  bool: 'checkbox',
}

/**
 * Fields as `define_type` takes them: a list of names or `{name, kind, options?, required?}`, or a map by name. Programs
 * have other ways to declare them: what is not understood is nobody's to check.
 */
export function readFieldSpecs(declared: unknown): { entries: number; specs: FieldSpec[]; unchecked: string[] } {
  const specs = new Map<string, FieldSpec>()
  const unchecked: string[] = []
  const entries = entriesOf(declared)
  for (const entry of entries) {
    const spec = readFieldSpec(entry)
    if (typeof spec === 'string') unchecked.push(spec)
    else if (specs.has(spec.name)) unchecked.push(`the field "${clipped(spec.name)}" is declared twice`)
    else specs.set(spec.name, spec)
  }
  return { entries: entries.length, specs: [...specs.values()], unchecked }
}

export function fieldSpecsOf(declared: unknown): FieldSpec[] {
  return readFieldSpecs(declared).specs
}

function entriesOf(declared: unknown): unknown[] {
  if (Array.isArray(declared)) return declared
  if (declared === undefined || declared === null) return []
  if (typeof declared !== 'object') return [{ declared }]
  return Object.entries(declared).map(([name, spec]) =>
    typeof spec === 'object' ? { name, ...spec } : { name, kind: spec },
  )
}

/** Or why it is none. */
function readFieldSpec(entry: unknown): FieldSpec | string {
  const spec = (typeof entry === 'string' ? { name: entry } : entry) as Record<string, unknown> | null
  const name = spec?.name ?? spec?.key
  if (typeof name !== 'string' || name === '') {
    return 'every field needs a name, e.g. {"name": "date", "kind": "date"}'
  }
  const given = spec?.kind ?? spec?.type ?? 'text'
  const kind = aliases[String(given).toLowerCase()] ?? given
  if (!isFieldKind(kind)) {
    return `the field "${clipped(name)}" has the kind ${inWords(given)}; those that are checked are ${fieldKinds.join(', ')}`
  }
  const required = spec?.required === true
  if (kind !== 'select') return { name, kind, required }
  const options = optionsIn(spec?.options ?? spec?.values)
  return options
    ? { name, kind, required, options }
    : `the field "${clipped(name)}" is a select and needs options, e.g. ["low", "high"] or [{"value": "low"}]`
}

/** Undefined where they are not what options look like. */
function optionsIn(options: unknown): string[] | undefined {
  if (!Array.isArray(options) || options.length === 0) return undefined
  const values = options.map((option: unknown) => {
    const { value, name } = (typeof option === 'object' && option !== null ? option : { value: option }) as Option
    return value ?? name
  })
  return values.every((value) => typeof value === 'string') ? values : undefined
}

interface Option {
  value?: unknown
  name?: unknown
}

function inWords(given: unknown): string {
  return clipped(JSON.stringify(given) ?? 'nothing')
}

function clipped(text: string): string {
  return text.slice(0, 100)
}

function isFieldKind(kind: unknown): kind is FieldKind {
  return fieldKinds.includes(kind as FieldKind)
}

/** What is declared, laid out so that a chunk costs what its own fields are. */
export interface FieldChecks {
  type: string
  required: string[]
  byName: ReadonlyMap<string, FieldSpec & { allowed: ReadonlySet<unknown> }>
}

export function fieldChecks(type: string, declared: unknown): FieldChecks {
  const specs = fieldSpecsOf(declared)
  return {
    type: clipped(type),
    required: specs.filter(({ required }) => required).map(({ name }) => name),
    byName: new Map(specs.map((spec) => [spec.name, { ...spec, allowed: new Set(spec.options) }])),
  }
}

/** Refuses values that are not what their fields are declared to hold; undeclared ones may be anything. */
export function checkFields({ type, required, byName }: FieldChecks, fields: Fields): void {
  const missing = required.find((name) => (fields[name] ?? null) === null)
  if (missing !== undefined) throw new ToolError(`the field "${clipped(missing)}" of type ${type} is required`)
  for (const [name, value] of Object.entries(fields)) {
    const spec = byName.get(name)
    if (!spec || value === undefined || value === null) continue
    const problem = problemOf(spec.kind, value, spec.allowed)
    if (problem) {
      throw new ToolError(`the field "${clipped(name)}" of type ${type} must be ${problem}, not ${inWords(value)}`)
    }
  }
}

function problemOf(kind: FieldKind, value: unknown, allowed: ReadonlySet<unknown>): string | undefined {
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? undefined : 'text'
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint' ? undefined : 'a number'
    case 'date':
      return isDate(value) ? undefined : 'a date such as 2026-06-30 or 2026-06-30T09:00:00Z'
    case 'select':
      return allowed.has(value) ? undefined : `one of ${someOf(allowed)}`
    case 'person':
      return typeof value === 'string' && value.trim() !== '' ? undefined : 'the name of a person'
    case 'url':
      return isUrl(value) ? undefined : 'a URL such as https://example.com'
    case 'checkbox':
      return typeof value === 'boolean' ? undefined : 'true or false'
  }
}

/** As many as are read with patience. */
function someOf(allowed: ReadonlySet<unknown>): string {
  const named = [...allowed].slice(0, 20).map((option) => clipped(String(option)))
  return `${named.join(', ')}${allowed.size > named.length ? ` and ${allowed.size - named.length} more` : ''}`
}

const date = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/

export function isDate(value: unknown): boolean {
  const [, year, month, day] = (typeof value === 'string' && date.exec(value)) || []
  if (year === undefined) return false
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const isDay = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day)
  return isDay && !Number.isNaN(Date.parse(value as string))
}

export function isUrl(value: unknown): boolean {
  if (typeof value !== 'string') return false
  return /^(https?|mailto|ftp):/i.test(value) && URL.canParse(value)
}
