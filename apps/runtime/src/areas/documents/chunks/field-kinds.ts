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

/** Fields as `define_type` takes them: a list of names or `{name, kind, options?, required?}`, or a map by name. */
export function parseFieldSpecs(declared: unknown): FieldSpec[] {
  const entries = Array.isArray(declared)
    ? declared
    : Object.entries((declared ?? {}) as object).map(([name, spec]) =>
        typeof spec === 'object' ? { name, ...spec } : { name, kind: spec },
      )
  const specs = entries.map(parseFieldSpec)
  const twice = specs.find((spec, i) => specs.findIndex(({ name }) => name === spec.name) !== i)
  if (twice) throw new ToolError(`the field "${twice.name}" is declared twice`)
  return specs
}

function parseFieldSpec(entry: unknown): FieldSpec {
  const spec = (typeof entry === 'string' ? { name: entry } : entry) as Record<string, unknown> | null
  const name = spec?.name ?? spec?.key
  if (typeof name !== 'string' || name === '') {
    throw new ToolError('every field needs a name, e.g. {"name": "date", "kind": "date"}')
  }
  const given = spec?.kind ?? spec?.type ?? 'text'
  const kind = aliases[String(given).toLowerCase()] ?? given
  if (!isFieldKind(kind)) {
    throw new ToolError(`the field "${name}" has the kind "${String(given)}"; it is one of ${fieldKinds.join(', ')}`)
  }
  const required = spec?.required === true
  if (kind !== 'select') return { name, kind, required }
  return { name, kind, required, options: parseOptions(name, spec?.options ?? spec?.values) }
}

function parseOptions(name: string, options: unknown): string[] {
  if (!Array.isArray(options) || options.length === 0) {
    throw new ToolError(`the field "${name}" is a select and needs options, e.g. ["low", "high"]`)
  }
  return options.map((option) => {
    const value = typeof option === 'object' && option !== null ? (option.value ?? option.name) : option
    if (typeof value !== 'string') throw new ToolError(`the options of "${name}" must be texts or {"value": text}`)
    return value
  })
}

function isFieldKind(kind: unknown): kind is FieldKind {
  return fieldKinds.includes(kind as FieldKind)
}

/** Refuses values that are not what their fields are declared to hold; undeclared ones may be anything. */
export function checkFields(type: string, specs: readonly FieldSpec[], fields: Fields): void {
  for (const spec of specs) {
    const value = fields[spec.name]
    if (value === undefined || value === null) {
      if (spec.required) throw new ToolError(`the field "${spec.name}" of type ${type} is required`)
      continue
    }
    const problem = problemOf(spec, value)
    if (problem) {
      throw new ToolError(
        `the field "${spec.name}" of type ${type} must be ${problem}, not ${JSON.stringify(value)?.slice(0, 100)}`,
      )
    }
  }
}

function problemOf({ kind, options = [] }: FieldSpec, value: unknown): string | undefined {
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? undefined : 'text'
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint' ? undefined : 'a number'
    case 'date':
      return isDate(value) ? undefined : 'a date such as 2026-06-30 or 2026-06-30T09:00:00Z'
    case 'select':
      return options.includes(value as string) ? undefined : `one of ${options.join(', ')}`
    case 'person':
      return typeof value === 'string' && value.trim() !== '' ? undefined : 'the name of a person'
    case 'url':
      return isUrl(value) ? undefined : 'a URL such as https://example.com'
    case 'checkbox':
      return typeof value === 'boolean' ? undefined : 'true or false'
  }
}

const date = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/

function isDate(value: unknown): boolean {
  const [, year, month, day] = (typeof value === 'string' && date.exec(value)) || []
  if (year === undefined) return false
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const isDay = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day)
  return isDay && !Number.isNaN(Date.parse(value as string))
}

function isUrl(value: unknown): boolean {
  if (typeof value !== 'string') return false
  return /^(https?|mailto|ftp):/i.test(value) && URL.canParse(value)
}
